"""Splink 5 on DuckDB by the recipes of its guide. Runs in the peers' environment.

FEBRL 4: the "detailed" model of its own demo (docs/demos/examples/duckdb/febrl4). Registers: the same steps with
the comparisons the guide gives for such columns: the full name with the levels of that demo's refinement, birth
date, a number with Damerau-Levenshtein, places by exact agreement with term frequencies, from the narrow to the wide.
"""

from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from tests.benchmarks.peers.case import FEBRL, Case
from tests.benchmarks.peers.running import run

PAIRS_FOR_U = 1e7
SEED = 1
RECALL = 0.8  # of the deterministic rules, as the demo guesses


def febrl_settings() -> SettingsCreator:
    return SettingsCreator(
        unique_id_column_name="id",
        link_type="link_only",
        blocking_rules_to_generate_predictions=[
            block_on("given_name", "surname"),
            "l.given_name = r.surname and l.surname = r.given_name",
            block_on("date_of_birth"),
            block_on("soc_sec_id"),
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ],
        comparisons=[
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison(
                "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
            ),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
    )


# A register's row -> the columns of the recipe: first and last word stand for forename and surname.
REGISTER_COLUMNS = """
    select id, name, split_part(name, ' ', 1) as first_name,
        case when name like '% %' then split_part(name, ' ', -1) end as last_name,
        coalesce(nik, nik_digits) as nik, sex, birth_place, birth_date,
        coalesce(birth_year, year(birth_date)) as birth_year, street,
        case when length(region_code) >= 10 then region_code end as village,
        case when length(region_code) >= 6 then left(region_code, 6) end as district,
        case when length(region_code) >= 4 then left(region_code, 4) end as regency
    from people
"""


def register_settings() -> SettingsCreator:
    return SettingsCreator(
        unique_id_column_name="id",
        link_type="link_only",
        blocking_rules_to_generate_predictions=[
            block_on("name"),
            "l.first_name = r.last_name and l.last_name = r.first_name",
            block_on("birth_date"),
            block_on("nik"),
            block_on("first_name", "birth_year"),
            block_on("last_name", "birth_year"),
            block_on("first_name", "village"),
            block_on("village", "birth_year"),
        ],
        comparisons=[
            _name_comparison(),
            cl.DateOfBirthComparison("birth_date", input_is_string=False),
            cl.DamerauLevenshteinAtThresholds("nik", [1, 2]),
            cl.ExactMatch("sex"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            _home_comparison(),
            cl.JaroWinklerAtThresholds("street", [0.9, 0.7]),
        ],
    )


def _name_comparison() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="full_name",
        comparison_levels=[
            cll.NullLevel("name"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.JaroWinklerLevel("name", 0.9),
            cll.ColumnsReversedLevel("first_name", "last_name"),
            cll.JaroWinklerLevel("name", 0.8),
            cll.ExactMatchLevel("first_name", term_frequency_adjustments=True),
            cll.ExactMatchLevel("last_name", term_frequency_adjustments=True),
            cll.JaroWinklerLevel("name", 0.7),
            cll.ElseLevel(),
        ],
    )


def _home_comparison() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="home",
        comparison_levels=[
            cll.NullLevel("regency"),
            cll.ExactMatchLevel("village", term_frequency_adjustments=True),
            cll.ExactMatchLevel("district"),
            cll.ExactMatchLevel("regency"),
            cll.ElseLevel(),
        ],
    )


# Rules that hold for hardly anybody but one person; then one training session a rule.
SURE: dict[bool, list[Any]] = {
    True: [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")],
    False: [block_on("nik"), block_on("name", "birth_date")],
}
TRAINING: dict[bool, list[Any]] = {
    True: [block_on("date_of_birth"), block_on("postcode")],
    False: [block_on("birth_date"), block_on("name")],
}


def link(case: Case) -> pa.Table:
    febrl = case.kind == FEBRL
    tables = [case.left, case.right] if febrl else [_columns(table) for table in (case.left, case.right)]
    api = DuckDBAPI()
    frames = [api.register(table, dataset_display_name=name) for table, name in zip(tables, "ab", strict=True)]
    linker = Linker(frames, febrl_settings() if febrl else register_settings())
    training = linker.training
    training.estimate_probability_two_random_records_match(SURE[febrl], recall=RECALL)
    training.estimate_u_using_random_sampling(max_pairs=PAIRS_FOR_U, seed=SEED)
    for rule in TRAINING[febrl]:
        training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    found = linker.inference.predict()
    return found.query_sql(
        """
        select id_l as "left", id_r as "right", match_weight as score, 0.0 as tie, match_probability as probability,
            match_weight >= 0 as own
        from {this}
        """
    ).as_pyarrow_table()


def _columns(people: pa.Table) -> pa.Table:
    return duckdb.sql(REGISTER_COLUMNS).arrow().read_all()


if __name__ == "__main__":
    run(link)
