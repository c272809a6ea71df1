"""Version and names that Windows shows of the executables; only PyInstaller on Windows can import this."""

import bundle
from PyInstaller.utils.win32.versioninfo import (
    FixedFileInfo,
    StringFileInfo,
    StringStruct,
    StringTable,
    VarFileInfo,
    VarStruct,
    VSVersionInfo,
)

_ENGLISH, _UNICODE = 0x0409, 1200


def version_resource() -> VSVersionInfo:
    told = {
        "ProductName": "TPViewer",
        "ProductVersion": bundle.version(),
        "FileVersion": bundle.version(),
        "FileDescription": "TPViewer",
        "LegalCopyright": "GPL-3.0 as a whole, own source MIT; see the folder licences",
    }
    table = StringTable(f"{_ENGLISH:04X}{_UNICODE:04X}", [StringStruct(*pair) for pair in told.items()])
    numbers = bundle.windows_version()
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[StringFileInfo([table]), VarFileInfo([VarStruct("Translation", [_ENGLISH, _UNICODE])])],
    )
