#!/bin/sh
# Puts TPViewer into the menu of this user and ties .tpv files to it; no administrator is needed.
#   install.sh            the program stays where it is
#   install.sh --remove   takes it back
set -eu
folder=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
data=${XDG_DATA_HOME:-"$HOME/.local/share"}
desktop=$data/applications/tpviewer.desktop
mime=$data/mime/packages/tpviewer-mime.xml
icon=$data/icons/hicolor/scalable/apps/tpviewer.svg

if [ "${1:-}" = --remove ]; then
    rm -f "$desktop" "$mime" "$icon"
else
    case $folder in
    *[\"\`\$\\%\&\|]*)
        echo "$folder: move the program to a folder without \" \` \$ \\ % & | in its name, then run this again" >&2
        exit 1
        ;;
    esac
    mkdir -p "${desktop%/*}" "${mime%/*}" "${icon%/*}"
    sed "s|@FOLDER@|$folder|" "$folder/desktop/tpviewer.desktop" >"$desktop"
    cp "$folder/desktop/tpviewer-mime.xml" "$mime"
    cp "$folder/desktop/tpviewer.svg" "$icon"
fi
for update in "update-mime-database $data/mime" "update-desktop-database $data/applications"; do
    if command -v "${update%% *}" >/dev/null; then
        "${update%% *}" "${update#* }"
    fi
done
