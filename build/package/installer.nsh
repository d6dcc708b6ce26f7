; Laid into the installer for Windows: `Pult-Setup.exe /S /CENTRE=https://pult.example.ru` lays the centre's
; address down for everybody of this machine (electron/settings/preset.ts). The folder outlives updates, and
; only administrators may write to it.
!include "FileFunc.nsh"

!macro customInstall
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/CENTRE=" $R1
  ${IfNot} ${Errors}
    CreateDirectory "$COMMONFILES64\Pult"
    FileOpen $R2 "$COMMONFILES64\Pult\preset.json" w
    FileWrite $R2 '{ "centre": "$R1" }'
    FileClose $R2
  ${EndIf}
!macroend
