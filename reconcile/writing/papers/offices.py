"""The offices that sign, and as what (domain 8). Names of people are written by hand: they change, versions do not."""

from reconcile.writing.papers.matter import Matter
from reconcile.writing.papers.sheets import Signature

RUTAN, POLRES = "rutan", "polres"  # kinds of place, as versions have them


def kpu(matter: Matter, role: str = "Ketua") -> Signature:
    return Signature(f"KPU {matter.regency}", role)


def keeper(matter: Matter) -> Signature:
    """Return who answers for the place where people are held."""
    role = "Kepala Satuan Tahti" if matter.version.place_kind == POLRES else "Kepala Rutan"
    return Signature(matter.version.place, role)


def of_the_list(matter: Matter) -> tuple[Signature, ...]:
    """Return who signs a list: KPU, who holds the people, and who watches."""
    watch = Signature(f"Bawaslu {matter.regency}", "Ketua")
    return kpu(matter), keeper(matter), kpu(matter, "Anggota, Divisi Perencanaan, Data dan Informasi"), watch


def of_the_meeting(matter: Matter) -> tuple[Signature, ...]:
    """Return everybody who sits at the meeting (domain 8), the holder of the version's place once."""
    regency = matter.regency
    name = regency.removeprefix("Kabupaten ")
    others = (
        Signature(f"Rutan di {regency}", "Kepala Rutan"),
        Signature(f"Polres {name}", "Kepala Satuan Tahti"),
    )
    keepers = (keeper(matter), others[0 if matter.version.place_kind == POLRES else 1])
    return (
        kpu(matter),
        kpu(matter, "Anggota, Divisi Perencanaan, Data dan Informasi"),
        kpu(matter, "Anggota, Divisi Teknis Penyelenggaraan"),
        Signature(f"Bawaslu {regency}", "Ketua/Anggota"),
        *keepers,
        Signature(f"Kejaksaan Negeri {name}", "yang mewakili"),
        Signature(f"Pengadilan Negeri {name}", "yang mewakili"),
        Signature(f"Dinas Kependudukan dan Pencatatan Sipil {regency}", "yang mewakili"),
        Signature(f"Kodim wilayah {regency}", "yang mewakili"),
        Signature(f"Badan Kesatuan Bangsa dan Politik {regency}", "yang mewakili"),
        Signature(f"Kantor Kementerian Agama {regency}", "yang mewakili"),
        Signature("Partai politik peserta", "yang mewakili"),
        Signature("PPK/PPS", "yang mewakili"),
    )
