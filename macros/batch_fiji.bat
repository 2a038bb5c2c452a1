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
if exist "%~4\run.json" ren "%~4\run.json" run.before.json
"%~1" --headless --console -macro "%~2" "%~3"
if not exist "%~4\run.json" (
  if exist "%~4\run.before.json" ren "%~4\run.before.json" run.json
  echo No new run.json in %~4: the macro did not come to its end. 1>&2
  exit /b 1
)
if exist "%~4\run.before.json" del "%~4\run.before.json"
findstr /r /c:"^ *\"status\": *\"done\"" "%~4\run.json" >nul && exit /b 0
findstr /r /c:"^ *\"status\": *\"partial\"" "%~4\run.json" >nul && exit /b 3
exit /b 1
