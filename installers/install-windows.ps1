<#
.SYNOPSIS
    Sets up xl_retention for the user who runs it, on Windows, without administrator rights.

.DESCRIPTION
    Looks for Python 3.10 or newer (never the stub of the Microsoft Store). Where there is none, fetches the installer of
    python.org, checks that the Python Software Foundation signed it, and lets it install for this user alone. Then it
    installs xl_retention into a virtual environment of its own, sets up Excel and LibreOffice, and says what is missing.

    Everything lies in %LOCALAPPDATA%\xl_retention, except Python itself (Settings, Apps removes it) and what
    "xl-retention install" writes down in its receipt and takes away again.

.PARAMETER Source
    What to install: a wheel, a folder or a name. Default: the wheel beside this script, else the folder that it lies in,
    else the package index.

.PARAMETER Remove
    Takes away what this script set up. Python and your workbooks stay.

.EXAMPLE
    powershell -ExecutionPolicy Bypass -File install-windows.ps1
#>
[CmdletBinding()]
param(
    [string] $Source = '',
    [switch] $Remove
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue' # Windows PowerShell spends minutes on drawing the bar of a download

$PythonVersion = '3.12.8'
$PythonAddress = "https://www.python.org/ftp/python/$PythonVersion/python-$PythonVersion-amd64.exe"
$Signer = 'Python Software Foundation'
$OurFolder = Join-Path $env:LOCALAPPDATA 'xl_retention'
$Environment = Join-Path $OurFolder 'python'
$OurPython = Join-Path $Environment 'Scripts\python.exe'
$OurCommand = Join-Path $Environment 'Scripts\xl-retention.exe'

function Invoke-Checked {
    # Runs a program; stops with one sentence if it ends with an error.
    param(
        [string] $Program,
        [string[]] $Arguments,
        [string] $OnFailure
    )
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw $OnFailure }
}

function Test-Python {
    # Whether this Python can be used: new enough, and able to make a virtual environment.
    param([string] $Program)
    if (-not (Test-Path -LiteralPath $Program -PathType Leaf)) { return $false }
    try {
        & $Program -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>$null
        return ($LASTEXITCODE -eq 0)
    }
    catch {
        return $false
    }
}

function Find-Python {
    # The newest Python of this user or of all users; "" where there is none.
    $roots = @(
        (Join-Path $env:LOCALAPPDATA 'Programs\Python'),
        $env:ProgramFiles,
        'C:\'
    )
    foreach ($root in $roots) {
        # Python312, but not Python312-32 or -arm64, for which not every package is to be had.
        $folders = @(Get-ChildItem -LiteralPath $root -Filter 'Python3*' -Directory -ErrorAction SilentlyContinue |
                Where-Object { $_.Name -match '^Python3\d+$' } |
                Sort-Object -Property { [int]($_.Name -replace '\D', '') } -Descending)
        foreach ($folder in $folders) {
            $program = Join-Path $folder.FullName 'python.exe'
            if (Test-Python -Program $program) { return $program }
        }
    }
    foreach ($found in @(Get-Command -Name 'python.exe' -CommandType Application -All -ErrorAction SilentlyContinue)) {
        # The stub in WindowsApps opens the Microsoft Store instead of running anything.
        if ($found.Source -notlike '*\WindowsApps\*' -and (Test-Python -Program $found.Source)) { return $found.Source }
    }
    return ''
}

function Install-Python {
    # Python of python.org for this user alone.
    $installer = Join-Path ([IO.Path]::GetTempPath()) "python-$PythonVersion-amd64.exe"
    Write-Host "No Python 3.10 or newer was found; fetching $PythonVersion from python.org ..."
    try {
        [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
        Invoke-WebRequest -Uri $PythonAddress -OutFile $installer -UseBasicParsing
        $signature = Get-AuthenticodeSignature -FilePath $installer
        if ($signature.Status -ne 'Valid' -or $signature.SignerCertificate.Subject -notlike "*$Signer*") {
            throw "What was fetched from python.org is not signed by the $Signer. It was not run."
        }
        $options = '/quiet', 'InstallAllUsers=0', 'PrependPath=0', 'Include_launcher=0', 'Include_test=0', 'Shortcuts=0'
        $run = Start-Process -FilePath $installer -ArgumentList $options -Wait -PassThru
        if ($run.ExitCode -ne 0) {
            throw "The installer of Python ended with code $($run.ExitCode). Install Python 3.12 from python.org by hand, then run this again."
        }
    }
    finally {
        Remove-Item -LiteralPath $installer -ErrorAction SilentlyContinue
    }
}

function Get-WhatToInstall {
    # A wheel beside this script, the folder of the project, or the name in the package index.
    if ($Source) { return $Source }
    $wheel = Get-ChildItem -LiteralPath $PSScriptRoot -Filter 'xl_retention-*.whl' |
        Sort-Object -Property LastWriteTime | Select-Object -Last 1
    if ($wheel) { return $wheel.FullName }
    $project = Split-Path -Parent $PSScriptRoot
    if (Test-Path -LiteralPath (Join-Path $project 'pyproject.toml')) { return $project }
    return 'xl-retention'
}

function Remove-Everything {
    if (Test-Path -LiteralPath $OurCommand) {
        Invoke-Checked -Program $OurCommand -Arguments 'install', '--remove' `
            -OnFailure 'The add-ins could not be taken away. Close Excel and LibreOffice, then run this again.'
    }
    if (Test-Path -LiteralPath $Environment) { Remove-Item -LiteralPath $Environment -Recurse -Force }
    Write-Host 'Removed. Python and your workbooks were not touched.'
}

function Install-Everything {
    if (-not (Test-Python -Program $OurPython)) {
        $python = Find-Python
        if (-not $python) {
            Install-Python
            $python = Find-Python
        }
        if (-not $python) { throw 'Python was installed but is not found. Restart the computer and run this again.' }
        Write-Host "Using $python"
        Invoke-Checked -Program $python -Arguments '-m', 'venv', $Environment `
            -OnFailure "No environment could be made in $Environment."
    }
    Write-Host 'Installing xl_retention ...'
    Invoke-Checked -Program $OurPython `
        -Arguments '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--upgrade', (Get-WhatToInstall) `
        -OnFailure 'xl_retention could not be installed; the lines above say why.'
    & $OurCommand install
    if ($LASTEXITCODE -ne 0) { Write-Host 'Not everything could be set up; the lines above say what.' }
    & $OurCommand doctor
    Write-Host "Done. The workbook with buttons: & '$OurCommand' build --out '$HOME\Documents\Retention.xlsm'"
}

try {
    if ($Remove) { Remove-Everything } else { Install-Everything }
}
catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    exit 1
}
