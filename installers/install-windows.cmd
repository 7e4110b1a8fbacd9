@echo off
rem A double click on this file runs install-windows.ps1 for the user who is logged in. No administrator rights are needed.
powershell.exe -NoProfile -ExecutionPolicy Bypass -File "%~dp0install-windows.ps1" %*
pause
