@echo off
rem Runs a LesionJ macro in a headless Fiji and judges it by the ledger, for Fiji's own exit status is always 0.
rem   batch_fiji.bat FIJI MACRO ARGUMENT RESULTS
rem Exit status: 0 done, 1 failed, 2 wrong use, 3 finished but some images failed (they are in failures.csv).
setlocal
if "%~4"=="" (
  echo Use: batch_fiji.bat FIJI MACRO ARGUMENT RESULTS 1>&2
  exit /b 2
)
if not exist "%~1" (
  echo Fiji's launcher %~1 is not there. 1>&2
  exit /b 2
)
if not exist "%~2" (
  echo The macro %~2 is not there. 1>&2
  exit /b 2
)
set before=%TEMP%\lesionj-run-before-%RANDOM%.json
if exist "%~4\run.json" copy /y "%~4\run.json" "%before%" >nul
"%~1" --headless --console -macro "%~2" "%~3"
if not exist "%~4\run.json" goto nothing
if not exist "%before%" goto judge
fc /b "%~4\run.json" "%before%" >nul
set same=%ERRORLEVEL%
del "%before%"
if "%same%"=="0" goto nothing
:judge
findstr /r /c:"^ *\"status\": *\"done\"" "%~4\run.json" >nul && exit /b 0
findstr /r /c:"^ *\"status\": *\"partial\"" "%~4\run.json" >nul && exit /b 3
exit /b 1

:nothing
echo No new run.json in %~4: the macro did not come to its end. 1>&2
exit /b 1
