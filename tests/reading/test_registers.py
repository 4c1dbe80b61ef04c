import pytest

from reconcile.reading.registers import register_class


@pytest.mark.parametrize(
    "written, expected",
    [
        # as offices write them
        ("A.III-123/2023", "A.III"),
        ("AIII 45/2024", "A.III"),
        ("A.III.179/2024", "A.III"),
        ("A III / 12 / 2024", "A.III"),
        ("A-III-12/2024", "A.III"),
        ("AIII45/2024", "A.III"),
        ("a.iii-7/2024", "A.III"),
        ("A.lll-7/2024", "A.III"),  # small l typed for I
        ("A.I-1/2024", "A.I"),
        ("AI 1/2024", "A.I"),
        ("A.II-1/2024", "A.II"),
        ("A.IV/9/2024", "A.IV"),
        ("AV-9/2024", "A.V"),
        ("B.I 45/2024", "B.I"),
        ("BI.123/2023", "B.I"),
        ("BI 40/2024", "B.I"),
        ("B.IIa-07/2024", "B.IIa"),
        ("BIIa 176/2024", "B.IIa"),
        ("B.IIb.167/2024", "B.IIb"),
        ("B.II.A-12/2024", "B.IIa"),
        ("B II b 12/2024", "B.IIb"),
        ("BIIB12/2024", "B.IIb"),
        ("B.III-4/2024", "B.III"),
        ("B.IIIs 4/2024", "B.III"),
        ("C-3/2024", "C"),
        ("D 1/2024", "D"),
        ("F.2/2024", "F"),
        ("A.III", "A.III"),
        ("  'B.I 1/2024", "B.I"),
        ("No. Reg. B.I 1/2024", "B.I"),
        ("REG: A.III-12/2024", "A.III"),
        ("NO. REGISTRASI A.IV 1/2024", "A.IV"),
        ("123/A.III/2024", "A.III"),
        ("12-B.IIa-2024", "B.IIa"),
        # Arabic digits, where they cannot be the running number
        ("A.3-12/2024", "A.III"),
        ("A3/12/2024", "A.III"),
        ("B.1 45/2024", "B.I"),
        ("B.2a-12/2024", "B.IIa"),
        ("B2B 1/2024", "B.IIb"),
        # only part of the class is written
        ("B.II 12/2024", "B.II"),
        ("B 12/2024", "B"),
        ("B.1/2024", "B"),
        ("A 3/2024", "A"),
        # not readable
        ("", ""),
        (None, ""),
        ("176/2024", ""),
        ("A.VI-1/2024", ""),
        ("B.IV-1/2024", ""),
        ("BLOK A 3", ""),
        ("BON 3", ""),
        ("AGUS", ""),
        ("E.I 1/2024", ""),
        ("A.IIII-1/2024", ""),
        ("B.1a-1/2024", ""),
        ("SP.Han/12/X/2024", ""),
    ],
)
def test_the_class_is_read_however_it_is_written(written, expected):
    assert register_class(written) == expected
