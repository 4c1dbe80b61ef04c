"""The groups of held people, which tell the right outcome, and how many a case has of each."""

from enum import StrEnum


class Group(StrEnum):
    """Truth labels. What is right for each is said in the comment; `cell_` groups are held by the Polres."""

    LOKSUS_IN = "loksus_in"  # on the special TPS's roll and held: votes here
    LOKSUS_DOUBLE = "loksus_double"  # the same, and still on the home roll
    REGULAR = "regular"  # on a home roll of the regency: needs a letter
    DPTB = "dptb"  # on a home roll and already moved to the special TPS
    UNREGISTERED = "unregistered"  # lives in the regency, on no roll
    NO_EKTP = "no_ektp"  # on a home roll, not recorded for the electronic card
    LEAVING = "leaving"  # sentence ends between the register's date and voting day
    DUP_REGISTER = "dup_register"  # twice in the register: as a detainee, then as a convict
    BOTH = "both"  # in the Rutan's and in the Polres's register
    OUTSIDE = "outside"  # lives in another regency, on no loaded roll
    OUTSIDE_DPTB = "outside_dptb"  # the same, already moved to the special TPS
    MINOR = "minor"  # too young, never married
    CELL_REGULAR = "cell_regular"
    CELL_UNREG = "cell_unreg"
    CELL_OUTSIDE = "cell_outside"
    CELL_MINOR = "cell_minor"


# Shares of register rows; the rest is REGULAR and CELL_REGULAR.
RUTAN_SHARES: dict[Group, float] = {
    Group.LOKSUS_IN: 0.195,
    Group.LOKSUS_DOUBLE: 0.016,
    Group.DPTB: 0.094,
    Group.UNREGISTERED: 0.083,
    Group.NO_EKTP: 0.022,
    Group.LEAVING: 0.055,
    Group.DUP_REGISTER: 0.033,
    Group.BOTH: 0.016,
    Group.OUTSIDE: 0.094,
    Group.OUTSIDE_DPTB: 0.039,
    Group.MINOR: 0.011,
}
CELL_SHARES: dict[Group, float] = {Group.CELL_UNREG: 0.10, Group.CELL_OUTSIDE: 0.16, Group.CELL_MINOR: 0.05}
GONE_SHARE = 0.065  # of the Rutan's rows: on the special TPS's roll, in custody no more
STAFF_SHARE = 0.015  # of the Rutan's rows: voters on duty at the special TPS, on the moved list
LOKSUS_OUTSIDE_SHARE = 0.1  # of those on the special TPS's roll: home in another regency of the province

# Groups whose home decides the outcome: their address must say enough to decide it.
HOME_OUTSIDE = frozenset({Group.OUTSIDE, Group.OUTSIDE_DPTB, Group.CELL_OUTSIDE})
HOME_NEEDED = frozenset({Group.UNREGISTERED, Group.CELL_UNREG, Group.MINOR, Group.CELL_MINOR})
TOO_YOUNG = frozenset({Group.MINOR, Group.CELL_MINOR})


def rutan_counts(held: int) -> dict[Group, int]:
    """Return people a group for a Rutan register of `held` rows; DUP_REGISTER people fill two rows each."""
    counts = {group: max(1, round(share * held)) for group, share in RUTAN_SHARES.items()}
    counts[Group.DUP_REGISTER] = max(1, round(RUTAN_SHARES[Group.DUP_REGISTER] * held / 2))
    rows = sum(counts.values()) + counts[Group.DUP_REGISTER]
    if rows >= held:
        raise ValueError(f"a Rutan register needs at least {rows + 1} rows to hold every group")
    return counts | {Group.REGULAR: held - rows}


def cell_counts(cells: int, both: int) -> dict[Group, int]:
    """Return people a group for a Polres register of `cells` rows, `both` of whom are in the Rutan's too."""
    counts = {group: max(1, round(share * cells)) for group, share in CELL_SHARES.items()}
    rows = sum(counts.values()) + both
    if rows >= cells:
        raise ValueError(f"a Polres register needs at least {rows + 1} rows to hold every group")
    return counts | {Group.CELL_REGULAR: cells - rows}
