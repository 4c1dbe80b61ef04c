import pytest

from reconcile.deciding.standing import is_foreign, is_serving


@pytest.mark.parametrize(
    "written, answer",
    [
        (None, None),
        ("", None),
        ("-", None),
        ("WNI", False),
        ("W.N.I", False),
        ("Wni Keturunan", False),
        ("Indonesia", False),
        ("Warga Negara Indonesia", False),
        ("WN Indonesia", False),
        ("WNA", True),
        ("W.N.A.", True),
        ("WNA (Nigeria)", True),
        ("Asing", True),
        ("Malaysia", True),
        ("WN Malaysia", True),
        ("Warga Negara Iran", True),
        ("TIMOR LESTE", True),
        ("Timor-Leste", True),
        ("China", True),
        ("ISLAM", None),
        ("BLORA", None),
    ],
)
def test_nationality_as_written(written, answer):
    assert is_foreign(written) is answer


@pytest.mark.parametrize(
    "written, answer",
    [
        (None, None),
        ("", None),
        ("-", None),
        ("TNI", True),
        ("TNI-AD", True),
        ("Anggota Polri", True),
        ("POLISI", True),
        ("Kepolisian RI (POLRI)", True),
        ("Tentara Nasional Indonesia", True),
        ("TNI/POLRI", True),
        ("Pensiunan TNI", False),
        ("Purnawirawan Polri", False),
        ("Purn. TNI/Polri", False),
        ("Mantan polisi", False),
        ("Eks TNI", False),
        ("Pecatan Polri (PTDH)", False),
        ("PNS Polri", False),
        ("ASN di Kepolisian", False),
        ("Polisi Hutan", False),
        ("Satpol PP", False),
        ("Polisi Pamong Praja", False),
        ("Istri TNI", False),
        ("Satpam", False),
        ("Petani", False),
        ("Wiraswasta", False),
        ("Buruh tani/perkebunan", False),
        ("Pertanian", False),
        ("PNS/TNI/POLRI", None),
    ],
)
def test_occupation_as_written(written, answer):
    assert is_serving(written) is answer
