@echo off
rem Ties .tpv files to TPViewer for this user; no administrator is needed. "associate.cmd /remove" takes it back.
set "CLASSES=HKCU\Software\Classes"
if /i "%~1"=="/remove" goto remove
reg add "%CLASSES%\TPViewer.Session" /ve /d "TPViewer session" /f >nul || exit /b 1
reg add "%CLASSES%\TPViewer.Session\DefaultIcon" /ve /d "\"%~dp0tpviewer-window.exe\",0" /f >nul || exit /b 1
reg add "%CLASSES%\TPViewer.Session\shell\open\command" /ve /d "\"%~dp0tpviewer-window.exe\" \"%%1\"" /f >nul || exit /b 1
reg add "%CLASSES%\.tpv" /ve /d "TPViewer.Session" /f >nul || exit /b 1
echo .tpv files are opened with %~dp0tpviewer-window.exe
exit /b 0
:remove
reg delete "%CLASSES%\TPViewer.Session" /f >nul
reg delete "%CLASSES%\.tpv" /f >nul
exit /b 0
