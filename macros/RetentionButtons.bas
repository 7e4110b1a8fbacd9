Option Explicit
' One public Sub per button of the sheets; the ribbon rings by the same names (RetentionRibbon).
' What a button does and says is in Python: xl_retention/buttons/.
' Excel: the xlwings add-in is called late bound, so that the workbook opens in a store without it.
' LibreOffice: the script that 'xl-retention install' puts into the user's profile.

Private Const RUN_PYTHON As String = "xlwings.xlam!RunPython"
Private Const BRIDGE As String = "vnd.sun.star.script:xl_retention_bridge.py$press?language=Python&location=user"

Public Sub GenerateTodaysCalls()
    Ring "generate_calls"
End Sub

Public Sub SaveResults()
    Ring "save_results"
End Sub

Public Sub MakeMonthPlan()
    Ring "month_plan"
End Sub

Public Sub ListServicesDue()
    Ring "service_due"
End Sub

Public Sub CountSurveyAnswers()
    Ring "survey_results"
End Sub

Public Sub MakeMailingList()
    Ring "mailing_list"
End Sub

Public Sub ShowCustomer()
    Ring "show_customer"
End Sub

Public Sub MakeDailyReport()
    Ring "daily_report"
End Sub

Public Sub ListRelationships()
    Ring "relations"
End Sub

Public Sub CheckComplaints()
    Ring "check_complaints"
End Sub

Public Sub UpdateCards()
    Ring "update_cards"
End Sub

Public Sub HandOver()
    Ring "hand_over"
End Sub

Public Sub RefreshKpis()
    Ring "refresh_kpis"
End Sub

Public Sub ShowRows()
    Ring "show_rows"
End Sub

Public Sub MakeKpiReport()
    Ring "kpi_report"
End Sub

Public Sub RefreshClasses()
    Ring "refresh_classes"
End Sub

Public Sub CheckData()
    Ring "check_data"
End Sub

Public Sub PackForMail()
    Ring "pack_copy"
End Sub

Public Sub MergeCopy()
    Ring "merge_copy"
End Sub

Public Sub ApplyAnswers()
    Ring "apply_answers"
End Sub

Public Sub MergeDuplicates()
    Ring "merge_duplicates"
End Sub

Public Sub UndoLastRun()
    Ring "undo_last_run"
End Sub

Public Sub RemoveExamples()
    Ring "remove_examples"
End Sub

Public Sub AdoptWorkbook()
    Ring "adopt"
End Sub

Public Sub Ring(ByVal buttonName As String)
    On Error GoTo NotReached
    If InLibreOffice() Then
        RingBridge buttonName
    Else
        Application.Run RUN_PYTHON, "from xl_retention import buttons; buttons.press('" & buttonName & "')"
    End If
    Exit Sub
NotReached:
    MsgBox "Python was not reached: run 'xl-retention install' once on this computer, " & _
        "restart the program and press the button again (" & Err.Description & ").", _
        vbExclamation, "Retention"
End Sub

Private Sub RingBridge(ByVal buttonName As String)
    Dim factory As Variant
    Dim provider As Variant
    Dim script As Variant
    Dim outIndexes() As Integer
    Dim outArguments() As Variant
    factory = UnoService("com.sun.star.script.provider.MasterScriptProviderFactory")
    provider = factory.createScriptProvider("")
    script = provider.getScript(BRIDGE)
    script.invoke Array(buttonName), outIndexes, outArguments
End Sub

' LibreOffice 7.4 passes over #If, #Else and #End If and runs both sides, so these only choose a value: the last.
Private Function InLibreOffice() As Boolean
#If VBA7 Then
    InLibreOffice = False
#Else
    InLibreOffice = True
#End If
End Function

' Excel does not know the name of this service, and must not compile it.
Private Function UnoService(ByVal serviceName As String) As Variant
#If VBA7 Then
    UnoService = Empty
#Else
    UnoService = CreateUnoService(serviceName)
#End If
End Function
