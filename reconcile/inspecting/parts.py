"""What is looked for in a roll, and how a finding is told."""

from enum import StrEnum

import pyarrow as pa


class Check(StrEnum):
    """One thing that is looked for. The order is the order on screens."""

    NIK_TWICE = "nik_twice"  # one NIK in two rows that count
    SPECIAL_AND_HOME = "special_and_home"  # on the roll of a special TPS and at home at once
    UNDER_AGE = "under_age"  # younger than the age of voting on voting day, and not known to be or have been married
    DATE_IMPOSSIBLE = "date_impossible"  # born after voting day, or longer ago than anybody lives, or no date at all
    TPS_TOO_LARGE = "tps_too_large"  # more voters than the election allows one TPS
    CODE_UNKNOWN = "code_unknown"  # a remark that is a number and no code of this stage
    LIKELY_TWICE = "likely_twice"  # two rows that are likely one person, without the same NIK
    NIK_DATE_DIFFERS = "nik_date_differs"  # the NIK carries another birth date
    NIK_SEX_DIFFERS = "nik_sex_differs"
    NIK_UNUSABLE = "nik_unusable"  # missing, too short, rounded, filler
    AGE_UNKNOWN = "age_unknown"  # no birth date: nobody can say whether this voter is old enough
    MARRIED_MINOR = "married_minor"  # under age, but married or once married: may vote, with proof


CHECKS = tuple(Check)
# What cannot be right as it stands; all others are warnings, which may be.
FAULTS = frozenset(
    {
        Check.NIK_TWICE, Check.SPECIAL_AND_HOME, Check.UNDER_AGE, Check.DATE_IMPOSSIBLE, Check.TPS_TOO_LARGE,
        Check.CODE_UNKNOWN,
    }
)  # fmt: skip
PAIRED = frozenset({Check.NIK_TWICE, Check.SPECIAL_AND_HOME, Check.LIKELY_TWICE})  # findings with a second row

FINDINGS = pa.schema(
    [
        ("check", pa.int8()),  # place in CHECKS
        ("row", pa.int32()),  # of the roll's table; of a TPS its first voter
        ("other", pa.int32()),  # the second row; -1 where there is none
        ("percent", pa.int8()),  # how likely two rows are one person; -1 where nothing is weighed
        ("said", pa.string()),  # the date a NIK carries (DD-MM-YYYY), how many voters a TPS has; else ""
    ]
)
