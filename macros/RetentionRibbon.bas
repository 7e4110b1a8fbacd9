Option Explicit
' Callbacks of the ribbon (customUI/customUI14.xml). The tag of a ribbon button is the name to ring by.
' The parameters are declared As Object: IRibbonControl and IRibbonUI are known to Excel alone.

Public Sub RetentionRibbonLoaded(ByVal ribbon As Object)
    On Error GoTo NotDescribed
    DescribeFunctions
    Exit Sub
NotDescribed:
    ' The function wizard then shows no descriptions; everything else works.
End Sub

Public Sub RetentionRibbonPress(ByVal control As Object)
    Ring control.Tag
End Sub
