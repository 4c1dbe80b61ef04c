import json
from copy import deepcopy
from datetime import date

import pytest

from reconcile.deciding import ElectionFault, election_codes, election_from_dict, load_election
from reconcile.deciding.election import FOLDER, election_from_text, example_codes
from reconcile.deciding.election_text import doubts_of, election_to_text, line_of
from reconcile.records import VoterCategory

PEMILU, PILKADA = "pemilu-2024", "pilkada-2024"
EXAMPLES = ("pilkada-2020", "nasional-2029", "daerah-2031")


def test_both_elections_come_with_the_program_in_the_order_of_their_days():
    assert election_codes() == (PEMILU, PILKADA)


def test_examples_are_kept_apart_and_say_that_they_are_assumed():
    assert example_codes() == EXAMPLES
    for code in EXAMPLES:
        assert "assumed" in {doubt.code for doubt in load_election(code).doubts}


@pytest.mark.parametrize("code", [PEMILU, PILKADA, *EXAMPLES])
def test_a_definition_survives_json(code):
    election = load_election(code)
    assert election_from_dict(json.loads(json.dumps(election.to_dict()))) == election


@pytest.mark.parametrize(
    "code, reason, day",
    [
        (PEMILU, "5", date(2024, 2, 7)),
        (PEMILU, "1", date(2024, 2, 7)),
        (PEMILU, "2", date(2024, 2, 7)),
        (PEMILU, "8", date(2024, 2, 7)),
        (PEMILU, "6", date(2024, 1, 15)),
        (PEMILU, "3", date(2024, 1, 15)),
        (PILKADA, "5", date(2024, 11, 20)),
        (PILKADA, "7", date(2024, 10, 28)),
    ],
)
def test_deadlines_are_days_before_voting_day(code, reason, day):
    assert load_election(code).deadline_for(reason) == day


@pytest.mark.parametrize(
    "said, stage",
    [
        (["DPHP"], "DPHP"),
        (["dps", "DPHP"], "DPS"),
        (["DPSHP AKHIR"], "DPSHPA"),
        (["DP4"], "DPT"),  # no remark is of that stage
        (["DPS", ""], "DPT"),
        ([], "DPT"),
    ],
)
def test_the_stage_of_rolls_is_the_latest_they_say(said, stage):
    assert load_election(PEMILU).stage_of(said) == stage


def test_an_unknown_reason_has_no_deadline():
    with pytest.raises(ValueError):
        load_election(PEMILU).deadline_for("99")


def test_the_same_word_means_another_kind_of_voter_in_another_election():
    short = {code: load_election(code).categories for code in (PEMILU, PILKADA)}
    assert [short[PEMILU][category].short for category in VoterCategory] == ["DPT", "DPTb", "DPK"]
    assert [short[PILKADA][category].short for category in VoterCategory] == ["DPT", "Pindahan", "Tambahan"]
    assert short[PEMILU]["moved"].name["id"] == "Daftar Pemilih Tambahan"
    assert short[PILKADA]["unregistered"].name["id"] == "Pemilih Tambahan"


def test_code_5_is_another_thing_in_each_election():
    meaning = {
        code: next((r.effect, r.point) for r in load_election(code).remarks if r.code == "5")
        for code in (PEMILU, PILKADA)
    }
    assert meaning == {PEMILU: ("none", ""), PILKADA: ("barred", "foreign")}


@pytest.mark.parametrize("code", ["", "pemilu-1955", "../districts/README", "pemilu-2024.toml"])
def test_an_unknown_election_is_a_fault(code):
    with pytest.raises(ElectionFault) as caught:
        load_election(code)
    assert [(fault.path, fault.code) for fault in caught.value.faults] == [("code", "no_such_election")]


REMOVE = object()


def faults_after(changes: dict[str, object]) -> list[tuple[str, str]]:
    """Change values of a good definition by path ("ballots.2.code") and return the faults found."""
    definition = deepcopy(load_election(PEMILU).to_dict())
    for path, value in changes.items():
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        place = definition
        for step in way:
            place = place[step]
        if value is REMOVE:
            del place[last]
        else:
            place[last] = value
    with pytest.raises(ElectionFault) as caught:
        election_from_dict(definition)
    return [(fault.path, str(fault.code)) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "path, value, fault",
    [
        ("second_officer", REMOVE, ("second_officer", "missing")),
        ("second_officer", ["always"], ("second_officer", "unknown_choice")),
        ("adult_by_marriage", REMOVE, ("adult_by_marriage", "missing")),
        ("reserve.numerator", 0.02, ("reserve.numerator", "wrong_type")),
        ("reserve", REMOVE, ("reserve", "missing")),
        ("reserve", 2, ("reserve", "wrong_type")),
        ("lending", REMOVE, ("lending", "missing")),
        ("categories", REMOVE, ("categories", "missing")),
        ("categories.visiting", {"short": "X"}, ("categories.visiting", "unknown_key")),
        ("deadlines.1.reasons", REMOVE, ("deadlines[1].reasons", "missing")),
        ("deadlines.1.reasons", [], ("deadlines[1].reasons", "empty")),
        ("deadlines.1.reasons", ["5", "5"], ("deadlines[1].reasons", "twice")),
        ("deadlines.1.days_before", 7.5, ("deadlines[1].days_before", "wrong_type")),
        ("deadlines.1.until", "2024-02-07", ("deadlines[1].until", "unknown_key")),
        ("reasons.1.code", "1", ("reasons", "twice")),
        ("stages.1.code", "DP4", ("stages", "twice")),
        ("remarks.0.stages", [], ("remarks[0].stages", "empty")),
        ("remarks.0.stages", REMOVE, ("remarks[0].stages", "missing")),
        ("remarks.0.effect", "deleted", ("remarks[0].effect", "unknown_choice")),
        ("remarks.0.point", "old", ("remarks[0].point", "unknown_choice")),
        ("remarks.1.code", "1", ("remarks[1].code", "overlap")),
        ("remarks.1.words", ["GANDA", "MENINGGAL"], ("remarks[1].words", "overlap")),
        ("remarks.9.point", "dead", ("remarks", "no_remark")),
        ("kind", "Pemilu Raya", ("kind", "not_a_code")),
        ("districts", "pemilu-2019", ("ballots[0].constituency", "no_districts")),
        ("code", REMOVE, ("code", "missing")),
        ("code", "Pemilu 2024", ("code", "not_a_code")),
        ("code", "", ("code", "empty")),
        ("name.en", REMOVE, ("name.en", "missing")),
        ("name.jv", "Pemilu", ("name.jv", "unknown_key")),
        ("voting_day", "14-02-2024", ("voting_day", "not_a_date")),
        ("voting_day", 20240214, ("voting_day", "wrong_type")),
        ("opens", "7 o'clock", ("opens", "not_a_time")),
        ("opens", "07:00+07:00", ("opens", "not_a_time")),
        ("opens", "24:00", ("opens", "not_a_time")),
        ("closes", "06:00", ("closes", "wrong_order")),
        ("time_zone", "Asia/Blora", ("time_zone", "no_such_zone")),
        ("minimum_age", "17", ("minimum_age", "wrong_type")),
        ("minimum_age", True, ("minimum_age", "wrong_type")),
        ("minimum_age", 0, ("minimum_age", "too_small")),
        ("adult_by_marriage", ["engaged"], ("adult_by_marriage", "unknown_choice")),
        ("detainee_reason", "77", ("detainee_reason", "no_such_reason")),
        ("no_ballot_outside", "village", ("no_ballot_outside", "unknown_choice")),
        ("deadlines", [], ("deadlines", "empty")),
        ("deadlines.0.days_before", -1, ("deadlines[0].days_before", "too_small")),
        ("deadlines.0.reasons", ["77"], ("deadlines[0].reasons", "no_such_reason")),
        ("deadlines.0.reasons", [5], ("deadlines[0].reasons", "wrong_type")),
        ("ballots.2.constituency", "world", ("ballots[2].constituency", "unknown_choice")),
        ("ballots.1.code", "dpr", ("ballots", "twice")),
        ("ballots", "five", ("ballots", "wrong_type")),
        ("ballots.0", "dpr", ("ballots[0]", "wrong_type")),
        ("districts", "", ("ballots[0].constituency", "no_districts")),
        ("reserve.denominator", 0, ("reserve.denominator", "too_small")),
        ("lending.numerator", 101, ("lending.numerator", "too_large")),
        ("reserve.numerator", 101, ("reserve.numerator", "too_large")),
        ("reserve.counts_moved", "no", ("reserve.counts_moved", "wrong_type")),
        ("max_voters.per_tps", 501, ("max_voters.per_tps", "too_large")),
        ("categories.moved", REMOVE, ("categories.moved", "missing")),
        ("categories.moved.short", "", ("categories.moved.short", "empty")),
        ("remarks.0.stages", ["DPX"], ("remarks[0].stages", "no_such_stage")),
        ("remarks.0.point", "", ("remarks[0].point", "no_point")),
        ("remarks.1.point", "dead", ("remarks[1].point", "no_point")),
        ("remarks.9.words", [], ("remarks[9].words", "empty")),
        ("colour", "red", ("colour", "unknown_key")),
        ("reserve.doubt", "not bilingual", ("reserve.doubt", "wrong_type")),
        ("reserve.doubt", {"id": 7}, ("reserve.doubt.id", "wrong_type")),
        ("reserve.doubt", {"fr": "un doute"}, ("reserve.doubt.fr", "unknown_key")),
        ("remarks.0.doubt", {"idn": "ragu"}, ("remarks[0].doubt.idn", "unknown_key")),
        ("doubts.0.text", "KPU to say", ("doubts[0].text", "wrong_type")),
        ("doubts.0.text", {"id": "", "en": ""}, ("doubts[0].text", "empty")),
        ("doubts.0.text", {}, ("doubts[0].text", "empty")),
        ("doubts.0.text", REMOVE, ("doubts[0].text", "missing")),
        ("voting_day", date(1, 1, 1), ("voting_day", "not_a_date")),
        ("voting_day", "9999-12-31", ("voting_day", "not_a_date")),
        ("deadlines.0.days_before", 10**30, ("deadlines[0].days_before", "too_large")),
        ("lead_days", 10**7, ("lead_days", "too_large")),
        ("districts", "a" * 300, ("districts", "not_a_text")),
        ("ballots.0.code", "a" * 21, ("ballots[0].code", "not_a_text")),
        ("remarks.0.code", "12345", ("remarks[0].code", "not_a_text")),
        ("name.en", "a" * 501, ("name.en", "not_a_text")),
        ("name.en", "\x00", ("name.en", "not_a_text")),
        ("name.en", " ", ("name.en", "empty")),
    ],
)
def test_a_wrong_value_is_named_by_its_path(path, value, fault):
    assert fault in faults_after({path: value})


def test_a_code_may_mean_another_thing_at_another_stage():
    definition = deepcopy(load_election(PEMILU).to_dict())
    again = {**definition["remarks"][1], "code": "1", "words": ["LAIN"], "stages": ["DP4"]}
    definition["remarks"].append(again)
    assert election_from_dict(definition).remarks[-1].code == "1"


@pytest.mark.parametrize(
    "text, detail",
    [
        ("code = ", "end of document"),
        ('code = "a"\nvoting_day = 2024-02-30\n', "line 2"),
        ('code = "a"\ncode = "b"\n', "line 2"),
        ("[[deadlines]\n", "line 1"),
    ],
)
def test_a_text_that_is_no_toml_says_where(text, detail):
    with pytest.raises(ElectionFault) as caught:
        election_from_text(text)
    (fault,) = caught.value.faults
    assert (fault.path, fault.code) == ("", "not_toml")
    assert detail in fault.detail


@pytest.mark.parametrize("code", [PEMILU, PILKADA, *EXAMPLES])
def test_a_definition_survives_being_written_as_text(code):
    election = load_election(code)
    text = election_to_text(election)
    assert election_from_text(text) == election
    assert election_to_text(election_from_text(text)) == text


@pytest.mark.parametrize(
    "path, line",
    [
        ("voting_day", "voting_day = "),
        ("deadlines[1].reasons", "reasons = ["),
        ("deadlines[1]", "[[deadlines]]"),
        ("ballots[2].constituency", 'constituency = "nation"'),
        ("reserve.numerator", "numerator = 2"),
        ("categories.moved.short", 'short = "DPTb"'),
        ("deadlines[1].unheard_of", "[[deadlines]]"),
        ("nowhere", None),
        ("", None),
    ],
)
def test_a_fault_points_at_its_line(path, line):
    text = election_to_text(load_election(PEMILU))
    found = line_of(text, path)
    assert (found is None) == (line is None)
    assert line is None or text.splitlines()[found - 1].startswith(line)


def test_every_doubt_of_a_definition_is_found():
    found = dict(doubts_of(load_election(PEMILU).to_dict()))
    written = (FOLDER / f"{PEMILU}.toml").read_text(encoding="utf-8")
    assert len(found) == written.count("\ndoubt.en = ") + written.count("\n[[doubts]]")
    assert "2% is exactly 5" in found["reserve"]["en"]
    assert "2% tepat 5" in found["reserve"]["id"]
    assert "KPU to say" in found["doubts[0]"]["en"]


@pytest.mark.parametrize("code", [PEMILU, PILKADA, *EXAMPLES])
def test_every_doubt_that_comes_along_is_written_in_both_languages(code):
    found = doubts_of(load_election(code).to_dict())
    assert found
    assert all(doubt.keys() == {"id", "en"} and doubt["id"] != doubt["en"] for _path, doubt in found)


@pytest.mark.parametrize("given", [{"id": "Belum pasti."}, {"en": "Not sure."}, {"id": "Belum pasti.", "en": ""}])
def test_a_doubt_in_one_language_is_enough(given):
    definition = deepcopy(load_election(PEMILU).to_dict())
    definition["reserve"]["doubt"] = definition["doubts"][0]["text"] = given
    election = election_from_dict(definition)
    kept = {language: text for language, text in given.items() if text}
    assert election.reserve.doubt == election.doubts[0].text == kept
    assert election_from_text(election_to_text(election)) == election


@pytest.mark.parametrize("given", [REMOVE, {}, {"id": "", "en": ""}])
def test_a_rule_need_not_be_in_doubt(given):
    definition = deepcopy(load_election(PEMILU).to_dict())
    if given is REMOVE:
        del definition["reserve"]["doubt"]
    else:
        definition["reserve"]["doubt"] = given
    election = election_from_dict(definition)
    assert election.reserve.doubt == {}
    assert "reserve" not in dict(doubts_of(election.to_dict()))
    assert "[reserve.doubt]" not in election_to_text(election)


def test_a_doubt_that_is_no_table_is_found_where_it_is_written():
    """Not in the table of another entry's doubt that follows it."""
    text = election_to_text(load_election(PILKADA)).replace("[[reasons]]", '[[reasons]]\ndoubt = "x"', 1)
    assert text.splitlines()[line_of(text, "reasons[0].doubt") - 1] == 'doubt = "x"'
    dotted = text.replace('doubt = "x"', 'doubt.idn = "x"')
    assert dotted.splitlines()[line_of(dotted, "reasons[0].doubt.idn") - 1] == 'doubt.idn = "x"'


def test_a_reason_that_no_deadline_serves_is_a_fault():
    found = faults_after({"deadlines.0.reasons": ["1", "2", "3", "4", "5", "6", "7", "8"]})
    assert found == [("reasons[8].code", "no_deadline")]


def test_all_faults_are_told_at_once():
    found = faults_after({"code": REMOVE, "ballots.0.code": 7, "reserve.denominator": 0, "stages": []})
    assert found == [
        ("code", "missing"),
        ("ballots[0].code", "wrong_type"),
        ("reserve.denominator", "too_small"),
        ("stages", "empty"),
    ]


@pytest.mark.parametrize("definition", [{}, []])
def test_a_definition_of_nothing_is_a_fault_not_a_crash(definition):
    with pytest.raises(ElectionFault) as caught:
        election_from_dict(definition)
    assert len(caught.value.faults) > 20
