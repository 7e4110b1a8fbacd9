Option Explicit
' Cell functions, made by "python -m xl_retention.builder.wrappers" from udfs/retention_udfs.py: do not edit here.
' What they compute is in Python; each wrapper hands its arguments over as they are.
' Excel for Windows: the xlwings add-in is called late bound, so that the workbook opens in a store without it.
' LibreOffice (no VBA7): the script that 'xl-retention install' puts into the user's profile.
' Without Python, and on a Mac, a cell keeps the value that it showed (LibreOffice does not tell which cell asks: once
' computed anew it is empty there). No function gives an error value.

Private Const PYTHON As String = "xlwings.xlam!XLPy"
Private Const FUNCTIONS As String = "retention_udfs"
Private Const BRIDGE As String = "vnd.sun.star.script:xl_retention_bridge.py$call?language=Python&location=user"

' Where Python is missing, looking for it in every cell would take minutes.
Private Const PAUSE_SECONDS As Long = 30
Private notBefore As Date
Private Const NOT_REACHED As Long = 5

Public Function AGE_COHORT(born, Optional language) As Variant
    On Error GoTo KeepShown
    AGE_COHORT = Asked("AGE_COHORT", born, language)
    Exit Function
KeepShown:
    AGE_COHORT = Shown()
End Function

Public Function BOOKING_RATE(booked_or_marks, visits_or_dates, Optional start, Optional finish) As Variant
    On Error GoTo KeepShown
    BOOKING_RATE = Asked("BOOKING_RATE", booked_or_marks, visits_or_dates, start, finish)
    Exit Function
KeepShown:
    BOOKING_RATE = Shown()
End Function

Public Function COMPLAINT_ON_TIME(in_time_or_events, received_or_moments, Optional start, Optional finish, _
        Optional hours) As Variant
    On Error GoTo KeepShown
    COMPLAINT_ON_TIME = Asked("COMPLAINT_ON_TIME", in_time_or_events, received_or_moments, start, finish, hours)
    Exit Function
KeepShown:
    COMPLAINT_ON_TIME = Shown()
End Function

Public Function CONVERSION_RATE(ordered_or_orders, decided_or_losses, Optional start, Optional finish) As Variant
    On Error GoTo KeepShown
    CONVERSION_RATE = Asked("CONVERSION_RATE", ordered_or_orders, decided_or_losses, start, finish)
    Exit Function
KeepShown:
    CONVERSION_RATE = Shown()
End Function

Public Function CREDIT_GRADE(late_payments, Optional longest_days, Optional dispute, Optional language) As Variant
    On Error GoTo KeepShown
    CREDIT_GRADE = Asked("CREDIT_GRADE", late_payments, longest_days, dispute, language)
    Exit Function
KeepShown:
    CREDIT_GRADE = Shown()
End Function

Public Function DELIGHT_RATE(delighted_or_answers, serviced_or_ids) As Variant
    On Error GoTo KeepShown
    DELIGHT_RATE = Asked("DELIGHT_RATE", delighted_or_answers, serviced_or_ids)
    Exit Function
KeepShown:
    DELIGHT_RATE = Shown()
End Function

Public Function DUE_CONTACTS(delivery_date, Optional last_service, Optional insurance_expiry, _
        Optional inspection_expiry, Optional birth_date, Optional after, Optional finish, Optional labels, _
        Optional language) As Variant
    On Error GoTo KeepShown
    DUE_CONTACTS = Asked("DUE_CONTACTS", delivery_date, last_service, insurance_expiry, inspection_expiry, _
        birth_date, after, finish, labels, language)
    Exit Function
KeepShown:
    DUE_CONTACTS = Shown()
End Function

Public Function EDATE_CLAMPED(start, months) As Variant
    On Error GoTo KeepShown
    EDATE_CLAMPED = Asked("EDATE_CLAMPED", start, months)
    Exit Function
KeepShown:
    EDATE_CLAMPED = Shown()
End Function

Public Function FOLLOW_UP_RATE(done_or_results, due_or_dates, Optional start, Optional finish, _
        Optional contacts) As Variant
    On Error GoTo KeepShown
    FOLLOW_UP_RATE = Asked("FOLLOW_UP_RATE", done_or_results, due_or_dates, start, finish, contacts)
    Exit Function
KeepShown:
    FOLLOW_UP_RATE = Shown()
End Function

Public Function GRADE_ABCD(amount, Optional on_time_pct, Optional margin_pct, Optional annual_frequency, _
        Optional sales_mode, Optional wallet_share_pct, Optional years, Optional reputation, _
        Optional show) As Variant
    On Error GoTo KeepShown
    GRADE_ABCD = Asked("GRADE_ABCD", amount, on_time_pct, margin_pct, annual_frequency, sales_mode, _
        wallet_share_pct, years, reputation, show)
    Exit Function
KeepShown:
    GRADE_ABCD = Shown()
End Function

Public Function KEY_ACCOUNT(annual_frequency, amount, Optional margin_pct, Optional company_cars, _
        Optional language) As Variant
    On Error GoTo KeepShown
    KEY_ACCOUNT = Asked("KEY_ACCOUNT", annual_frequency, amount, margin_pct, company_cars, language)
    Exit Function
KeepShown:
    KEY_ACCOUNT = Shown()
End Function

Public Function KPI_TABLE(month, customers, Optional vehicles, Optional visits, Optional contacts, _
        Optional bookings, Optional complaints, Optional prospects, Optional settings, Optional as_of, _
        Optional language) As Variant
    On Error GoTo KeepShown
    KPI_TABLE = Asked("KPI_TABLE", month, customers, vehicles, visits, contacts, bookings, complaints, prospects, _
        settings, as_of, language)
    Exit Function
KeepShown:
    KPI_TABLE = Shown()
End Function

Public Function LAPSE_SCORE(customers, visit_dates, Optional wanted, Optional months, Optional as_of) As Variant
    On Error GoTo KeepShown
    LAPSE_SCORE = Asked("LAPSE_SCORE", customers, visit_dates, wanted, months, as_of)
    Exit Function
KeepShown:
    LAPSE_SCORE = Shown()
End Function

Public Function LOSS_RATE(lost_or_states, Optional total) As Variant
    On Error GoTo KeepShown
    LOSS_RATE = Asked("LOSS_RATE", lost_or_states, total)
    Exit Function
KeepShown:
    LOSS_RATE = Shown()
End Function

Public Function LOYALTY_STATE(last_visit, Optional paid_visits, Optional paid_amount, Optional delivery_date, _
        Optional open_complaint, Optional vehicle_status, Optional as_of, Optional language) As Variant
    On Error GoTo KeepShown
    LOYALTY_STATE = Asked("LOYALTY_STATE", last_visit, paid_visits, paid_amount, delivery_date, open_complaint, _
        vehicle_status, as_of, language)
    Exit Function
KeepShown:
    LOYALTY_STATE = Shown()
End Function

Public Function MASK_PHONE(phone) As Variant
    On Error GoTo KeepShown
    MASK_PHONE = Asked("MASK_PHONE", phone)
    Exit Function
KeepShown:
    MASK_PHONE = Shown()
End Function

Public Function MONTHS_BETWEEN_DATES(start, finish) As Variant
    On Error GoTo KeepShown
    MONTHS_BETWEEN_DATES = Asked("MONTHS_BETWEEN_DATES", start, finish)
    Exit Function
KeepShown:
    MONTHS_BETWEEN_DATES = Shown()
End Function

Public Function NEXT_CONTACT(delivery_date, Optional last_service, Optional insurance_expiry, _
        Optional inspection_expiry, Optional birth_date, Optional after) As Variant
    On Error GoTo KeepShown
    NEXT_CONTACT = Asked("NEXT_CONTACT", delivery_date, last_service, insurance_expiry, inspection_expiry, _
        birth_date, after)
    Exit Function
KeepShown:
    NEXT_CONTACT = Shown()
End Function

Public Function ON_TIME_RATE(in_time_or_contacts, due_or_deadlines, Optional start, Optional finish) As Variant
    On Error GoTo KeepShown
    ON_TIME_RATE = Asked("ON_TIME_RATE", in_time_or_contacts, due_or_deadlines, start, finish)
    Exit Function
KeepShown:
    ON_TIME_RATE = Shown()
End Function

Public Function PROSPECT_GRADE(expected_order, Optional as_of, Optional language) As Variant
    On Error GoTo KeepShown
    PROSPECT_GRADE = Asked("PROSPECT_GRADE", expected_order, as_of, language)
    Exit Function
KeepShown:
    PROSPECT_GRADE = Shown()
End Function

Public Function REGION_TYPE(address, Optional region, Optional distance_km, Optional language) As Variant
    On Error GoTo KeepShown
    REGION_TYPE = Asked("REGION_TYPE", address, region, distance_km, language)
    Exit Function
KeepShown:
    REGION_TYPE = Shown()
End Function

Public Function RELATIONSHIP_STAGE(wallet_share_pct, Optional language) As Variant
    On Error GoTo KeepShown
    RELATIONSHIP_STAGE = Asked("RELATIONSHIP_STAGE", wallet_share_pct, language)
    Exit Function
KeepShown:
    RELATIONSHIP_STAGE = Shown()
End Function

Public Function REMINDER_RATE(reminded_or_reminders, due_or_due_dates, Optional start, Optional finish) As Variant
    On Error GoTo KeepShown
    REMINDER_RATE = Asked("REMINDER_RATE", reminded_or_reminders, due_or_due_dates, start, finish)
    Exit Function
KeepShown:
    REMINDER_RATE = Shown()
End Function

Public Function REMINDER_TO_VISIT(came_or_visits, reminded_or_reminders, Optional due_dates, Optional start, _
        Optional finish) As Variant
    On Error GoTo KeepShown
    REMINDER_TO_VISIT = Asked("REMINDER_TO_VISIT", came_or_visits, reminded_or_reminders, due_dates, start, finish)
    Exit Function
KeepShown:
    REMINDER_TO_VISIT = Shown()
End Function

Public Function RENEWAL_RATE(renewed_or_results, expiring_or_expiries, Optional start, Optional finish) As Variant
    On Error GoTo KeepShown
    RENEWAL_RATE = Asked("RENEWAL_RATE", renewed_or_results, expiring_or_expiries, start, finish)
    Exit Function
KeepShown:
    RENEWAL_RATE = Shown()
End Function

Public Function RETENTION(kept_or_states, Optional total) As Variant
    On Error GoTo KeepShown
    RETENTION = Asked("RETENTION", kept_or_states, total)
    Exit Function
KeepShown:
    RETENTION = Shown()
End Function

Public Function RETURN_RATE(returning_or_ids, total_or_dates, Optional start, Optional finish, Optional basis, _
        Optional cars) As Variant
    On Error GoTo KeepShown
    RETURN_RATE = Asked("RETURN_RATE", returning_or_ids, total_or_dates, start, finish, basis, cars)
    Exit Function
KeepShown:
    RETURN_RATE = Shown()
End Function

Public Function SATISFACTION_RATE(satisfied_or_answers, answered_or_dates, Optional start, Optional finish) As Variant
    On Error GoTo KeepShown
    SATISFACTION_RATE = Asked("SATISFACTION_RATE", satisfied_or_answers, answered_or_dates, start, finish)
    Exit Function
KeepShown:
    SATISFACTION_RATE = Shown()
End Function

Public Function SERVICE_DUE(delivery_date, Optional last_service, Optional last_service_km, Optional odometer, _
        Optional odometer_date, Optional next_service_date, Optional next_service_km, Optional as_of) As Variant
    On Error GoTo KeepShown
    SERVICE_DUE = Asked("SERVICE_DUE", delivery_date, last_service, last_service_km, odometer, odometer_date, _
        next_service_date, next_service_km, as_of)
    Exit Function
KeepShown:
    SERVICE_DUE = Shown()
End Function

Public Function SERVICE_SHARE(serviced_or_ids, parc) As Variant
    On Error GoTo KeepShown
    SERVICE_SHARE = Asked("SERVICE_SHARE", serviced_or_ids, parc)
    Exit Function
KeepShown:
    SERVICE_SHARE = Shown()
End Function

Public Function SHOW_UP_RATE(arrived_or_arrivals, booked_or_appointments, Optional start, Optional finish, _
        Optional statuses) As Variant
    On Error GoTo KeepShown
    SHOW_UP_RATE = Asked("SHOW_UP_RATE", arrived_or_arrivals, booked_or_appointments, start, finish, statuses)
    Exit Function
KeepShown:
    SHOW_UP_RATE = Shown()
End Function

Public Function VALUE_TIER(paid_amount, paid_visits, Optional average_interval, Optional language) As Variant
    On Error GoTo KeepShown
    VALUE_TIER = Asked("VALUE_TIER", paid_amount, paid_visits, average_interval, language)
    Exit Function
KeepShown:
    VALUE_TIER = Shown()
End Function

Public Function VEHICLE_AGE_BAND(delivery_date, Optional odometer, Optional warranty_end, Optional as_of, _
        Optional language) As Variant
    On Error GoTo KeepShown
    VEHICLE_AGE_BAND = Asked("VEHICLE_AGE_BAND", delivery_date, odometer, warranty_end, as_of, language)
    Exit Function
KeepShown:
    VEHICLE_AGE_BAND = Shown()
End Function

' Tells Excel's function wizard what the functions and their arguments mean.
Public Sub DescribeFunctions()
    On Error GoTo NotDescribed
    Describe "AGE_COHORT", _
        "Age cohort of a customer by the year of birth.", _
        "Birth date, year, decade as staff write it, or identity number of 18 signs", _
        "Optional. Labels in zh (if left out) or en"
    Describe "BOOKING_RATE", _
        "Proactive booking rate (K13): visits booked ahead as a share of all visits.", _
        "Number of visits booked ahead, or the column that says so with yes or no", _
        "Number of visits, or the column of their days", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out"
    Describe "COMPLAINT_ON_TIME", _
        "Complaints on time (K16 to K18): those answered, solved or followed up within the hours that are allowed.", _
        "Number of complaints in time, or the column of the moments when it was done", _
        "Number of complaints, or the column of the moments from which the hours count", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out", _
        "Optional. Hours allowed; 24 if left out"
    Describe "CONVERSION_RATE", _
        "Prospect conversion (K30): prospects who ordered in a period as a share of those who ordered or were lost.", _
        "Number of prospects who ordered, or the column of order days", _
        "Number of prospects who ordered or were lost, or the column of the days they were lost", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out"
    Describe "CREDIT_GRADE", _
        "Credit grade A to D by the late payments of the last 12 months.", _
        "How many payments were late", _
        "Optional. How many days the latest of them was late", _
        "Optional. Whether there is a legal dispute: yes or no", _
        "Optional. Label of what is not known in zh (if left out) or en"
    Describe "DELIGHT_RATE", _
        "Delight rate (K02): very satisfied customers as a share of all customers serviced, asked or not.", _
        "Number of very satisfied customers, or the column of what customers answered", _
        "Number of customers serviced, or the column of their numbers; each counts once"
    Describe "DUE_CONTACTS", _
        "List of the contacts that fall due with one customer or many: due day, rule code, rule name.", _
        "Day on which the car was delivered", _
        "Optional. Day of the last maintenance or first service", _
        "Optional. Last day of the insurance", _
        "Optional. Last day of the inspection", _
        "Optional. Birthday, with or without its year", _
        "Optional. Contacts due later than this day; today if left out", _
        "Optional. Last due day of the list; 12 months after the start if left out", _
        "Optional. Names or numbers of the customers, shown as first column of the list", _
        "Optional. Names of the rules in zh (if left out) or en"
    Describe "EDATE_CLAMPED", _
        "The same day some months later, or the last day of the month where that day does not exist.", _
        "Date to count from", _
        "Number of months; negative counts back"
    Describe "FOLLOW_UP_RATE", _
        "Follow-up rate: share of the contacts due in a period that were made; of two numbers their ratio.", _
        "Number of contacts made, or the column of call results; connected and refused count", _
        "Number of contacts due, or the column of planned dates; only days before today count", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out", _
        "Optional. Column that tells which attempts belong together: due keys or customer numbers"
    Describe "GRADE_ABCD", _
        "Grades A to D of key accounts by a hundred points over eight items, ranked against each other.", _
        "What each account bought in the year, in yuan", _
        "Optional. Invoices paid on time, in percent", _
        "Optional. Margin, in percent", _
        "Optional. Purchases a year", _
        "Optional. Framework contract, contract or single orders", _
        "Optional. Our share of what the account buys, in percent", _
        "Optional. Years with us", _
        "Optional. 0 to 10", _
        "Optional. grade (if left out) or score"
    Describe "KEY_ACCOUNT", _
        "Whether a customer is a key account, may become one, or is an ordinary customer.", _
        "Purchases a year", _
        "What they came to, in yuan a year", _
        "Optional. Margin in percent; not asked where it is blank", _
        "Optional. Cars in use of a company", _
        "Optional. Labels in zh (if left out) or en"
    Describe "KPI_TABLE", _
        "All key figures of a month as one table: code, name, numerator, denominator, value, target, status.", _
        "Any day of the month", _
        "Customer sheet, with its headings", _
        "Optional. Vehicle sheet, with its headings", _
        "Optional. Repair order sheet, with its headings", _
        "Optional. Call log, with its headings", _
        "Optional. Booking sheet, with its headings", _
        "Optional. Complaint sheet, with its headings", _
        "Optional. Prospect sheet, with its headings", _
        "Optional. Sheet Settings, with its headings", _
        "Optional. What came after this day counts as unknown; today if left out", _
        "Optional. Names in zh (if left out) or en"
    Describe "LAPSE_SCORE", _
        "Chance that a customer comes within the next months, by the rhythm of the own visits and those of all.", _
        "Column of the customer numbers of all visits", _
        "Column of the days of these visits", _
        "Optional. Numbers of the customers to answer for; if left out, the customer of each visit", _
        "Optional. How many months ahead; 6 if left out", _
        "Optional. Visits after this day are not known; today if left out"
    Describe "LOSS_RATE", _
        "Loss rate (K23; of two numbers any definition): lost customers as a share of the base.", _
        "Number of customers lost, or the column of loyalty states, one per customer", _
        "Optional. Number of customers of the base; left out with a column"
    Describe "LOYALTY_STATE", _
        "Loyalty state of a car: loyal, general, quasi-lost or lost (in Chinese, or in English).", _
        "Day on which the car last left the workshop", _
        "Optional. Visits of the last 12 months that the customer paid for", _
        "Optional. What they came to, in yuan", _
        "Optional. Stands for a last visit where there is none", _
        "Optional. Whether a complaint is open: yes or no", _
        "Optional. Status of the car; blank is in use", _
        "Optional. The day to judge on; today if left out", _
        "Optional. Labels in zh (if left out) or en"
    Describe "MASK_PHONE", _
        "A telephone number with its middle hidden, as it may be mailed or printed.", _
        "Telephone number as staff write it"
    Describe "MONTHS_BETWEEN_DATES", _
        "Completed months between two dates; unlike DATEDIF the end of a short month completes a month.", _
        "Earlier date", _
        "Later date; before the earlier one the number is negative"
    Describe "NEXT_CONTACT", _
        "Day of the next contact that the shipped rules ask for with a customer and a car.", _
        "Day on which the car was delivered", _
        "Optional. Day of the last maintenance or first service", _
        "Optional. Last day of the insurance", _
        "Optional. Last day of the inspection", _
        "Optional. Birthday, with or without its year", _
        "Optional. The contact is due later than this day; today if left out"
    Describe "ON_TIME_RATE", _
        "On-time rate (K08): contacts made by their deadline as a share of those whose deadline is past.", _
        "Number of contacts made in time, or the column of the days they were made; blank is not", _
        "Number of contacts due, or the column of deadlines; only those before today count", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out"
    Describe "PROSPECT_GRADE", _
        "Grade of a prospect by the days until the expected order: H, A, B, C, nurture or past the expected date.", _
        "Day on which the prospect is expected to order; a prospect without one is nurtured", _
        "Optional. The day to judge on; today if left out", _
        "Optional. Labels in zh (if left out) or en"
    Describe "REGION_TYPE", _
        "Region of a customer: city, county town or countryside; the address is weak evidence.", _
        "Address of the customer", _
        "Optional. Region as entered; goes before the address", _
        "Optional. Kilometres to the store; tells the city where nothing else is known", _
        "Optional. Labels in zh (if left out) or en"
    Describe "RELATIONSHIP_STAGE", _
        "Stage of the relationship with a key account by our share of what it buys.", _
        "Our share in percent, 0 to 100", _
        "Optional. Labels in zh (if left out) or en"
    Describe "REMINDER_RATE", _
        "Reminder rate (K11): cars reminded as a share of the cars whose maintenance is due in a period.", _
        "Number of cars reminded, or the column of the days of the first reminder", _
        "Number of cars due, or the column of due days", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out"
    Describe "REMINDER_TO_VISIT", _
        "Reminder-to-visit rate (K12): reminded cars that came, from the reminder until 30 days after the due day.", _
        "Number of reminded cars that came, or the column of the days of the visits", _
        "Number of cars reminded, or the column of the days of the first reminder", _
        "Optional. Column of due days; needed with columns", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out"
    Describe "RENEWAL_RATE", _
        "Renewal rate (K37): insurances renewed here as a share of those that end in a period.", _
        "Number of insurances renewed here, or the column of results", _
        "Number of insurances that end, or the column of their last days", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out"
    Describe "RETENTION", _
        "Retention (K21): loyal and general customers as a share of the base; customers who are gone are left out.", _
        "Number of customers kept, or the column of loyalty states, one per customer", _
        "Optional. Number of customers of the base; left out with a column"
    Describe "RETURN_RATE", _
        "Return rate (K01): share of the customers of a period who had come before; of two numbers their ratio.", _
        "Number of returning customers, or the column of customer numbers of all visits", _
        "Number of all customers, or the column of visit dates", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out", _
        "Optional. customers (if left out), visits or visits_any", _
        "Optional. Column of VINs or plates; without it all visits of a customer on one day are one"
    Describe "SATISFACTION_RATE", _
        "Satisfaction rate (K06, K07): very satisfied and satisfied answers as a share of all answers.", _
        "Number of satisfied answers, or the column of answers", _
        "Number of answers, or the column of the days of the calls", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out"
    Describe "SERVICE_DUE", _
        "Day on which the next service of a car is due, by date or by its kilometres, whichever comes first.", _
        "Day on which the car was delivered", _
        "Optional. Day of the last maintenance or first service", _
        "Optional. Kilometres on that day", _
        "Optional. Latest reading in kilometres", _
        "Optional. Day of that reading", _
        "Optional. Day agreed for the next service", _
        "Optional. Kilometres at which the next service is due", _
        "Optional. What is dated later than this day is not known; today if left out"
    Describe "SERVICE_SHARE", _
        "Service share: customers serviced in a month as a share of the brand's cars in the area (K03).", _
        "Number of customers serviced, or the column of their numbers; each counts once", _
        "Cars of the brand in the area; of amounts, the group's amount (K42)"
    Describe "SHOW_UP_RATE", _
        "Booking show-up rate (K14): bookings whose customer came on the day, as a share of those due before today.", _
        "Number of bookings kept, or the column of the days of arrival", _
        "Number of bookings, or the column of appointments", _
        "Optional. First day of the period; needed with columns", _
        "Optional. Last day of the period; the end of the month of start if left out", _
        "Optional. Column of booking statuses; moved and cancelled ones are left out"
    Describe "VALUE_TIER", _
        "Value tier of a car by what its customer paid the workshop: high, average or low value.", _
        "What the customer paid in the last 12 months, in yuan", _
        "Visits of the last 12 months that the customer paid for", _
        "Optional. Average days between the paid visits of the last 24 months", _
        "Optional. Labels in zh (if left out) or en"
    Describe "VEHICLE_AGE_BAND", _
        "Age band of a car: in warranty, in the three guarantees, or beyond them.", _
        "Day on which the car was delivered", _
        "Optional. Latest reading in kilometres", _
        "Optional. Last day of the warranty; stands for the first limit of age", _
        "Optional. The day to judge on; today if left out", _
        "Optional. Labels in zh (if left out) or en"
NotDescribed:
End Sub

Private Sub Describe(ByVal functionName As String, ByVal says As String, ParamArray arguments() As Variant)
    Dim meanings As Variant
    meanings = arguments
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & functionName, Description:=says, _
        Category:="Retention", ArgumentDescriptions:=meanings
End Sub

Private Function Asked(ByVal functionName As String, ParamArray given() As Variant) As Variant
    Dim values As Variant
    values = given
    If InLibreOffice() Then
        Asked = AskedOfBridge(functionName, values)
    Else
        Asked = AskedOfXlwings(functionName, values)
    End If
End Function

Private Function AskedOfXlwings(ByVal functionName As String, ByVal values As Variant) As Variant
    Dim server As Object
    If OnMac() Or Now < notBefore Then Err.Raise NOT_REACHED
    notBefore = DateAdd("s", PAUSE_SECONDS, Now)
    Set server = Application.Run(PYTHON)
    notBefore = 0
    AskedOfXlwings = server.CallUDF(FUNCTIONS, functionName, values, ThisWorkbook, Application.Caller)
End Function

Private Function AskedOfBridge(ByVal functionName As String, ByVal values As Variant) As Variant
    Dim factory As Variant
    Dim provider As Variant
    Dim script As Variant
    Dim outIndexes() As Integer
    Dim outArguments() As Variant
    Dim handed() As Variant
    Dim place As Long
    ReDim handed(0 To UBound(values) + 1)
    handed(0) = functionName
    For place = 0 To UBound(values)
        If IsMissing(values(place)) Then
            handed(place + 1) = ""
        ElseIf TypeName(values(place)) = "Range" Then
            handed(place + 1) = values(place).CellRange
        Else
            handed(place + 1) = values(place)
        End If
    Next place
    factory = UnoService("com.sun.star.script.provider.MasterScriptProviderFactory")
    provider = factory.createScriptProvider("")
    script = provider.getScript(BRIDGE)
    AskedOfBridge = Block(script.invoke(handed, outIndexes, outArguments))
End Function

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

' xlwings has no cell functions on a Mac.
Private Function OnMac() As Boolean
#If Mac Then
    OnMac = True
#Else
    OnMac = False
#End If
End Function

' What Python hands back in LibreOffice, the width of a block and its cells row by row, as that block; a single value
' as it is. Rows of their own would take Basic ten times as long.
Private Function Block(ByVal answer As Variant) As Variant
    Dim values() As Variant
    Dim width As Long
    Dim place As Long
    Block = answer
    If Not IsArray(answer) Then Exit Function
    width = answer(0)
    ReDim values(0 To UBound(answer) \ width - 1, 0 To width - 1)
    If width = 1 Then
        For place = 1 To UBound(answer)
            values(place - 1, 0) = answer(place)
        Next place
    Else
        For place = 1 To UBound(answer)
            values((place - 1) \ width, (place - 1) Mod width) = answer(place)
        Next place
    End If
    Block = values
End Function

' What the calling cells showed before: of a spilled list all its cells, of one cell a single value.
Private Function Shown() As Variant
    Dim area As Object
    Dim values() As Variant
    Dim row As Long
    Dim column As Long
    On Error GoTo NotACell
    Shown = ""
    Set area = Spilled(Application.Caller)
    If area.Cells.Count = 1 Then
        Shown = Typed(area.Text)
        Exit Function
    End If
    ReDim values(1 To area.Rows.Count, 1 To area.Columns.Count)
    For row = 1 To UBound(values, 1)
        For column = 1 To UBound(values, 2)
            values(row, column) = Typed(area.Cells(row, column).Text)
        Next column
    Next row
    Shown = values
NotACell:
End Function

Private Function Spilled(ByVal caller As Object) As Object
    Set Spilled = caller
    On Error GoTo NoSpill
    If caller.HasSpill Then Set Spilled = caller.SpillingToRange
NoSpill:
End Function

' The number or date that a cell's text stands for; a cell too narrow or in error shows nothing that can be kept.
Private Function Typed(ByVal text As String) As Variant
    On Error GoTo AsText
    Typed = text
    text = RTrim$(text)
    If text Like "[#]*" Then
        Typed = ""
    ElseIf text Like "*#%" Then
        Typed = CDbl(Left$(text, Len(text) - 1)) / 100
    ElseIf IsNumeric(text) Then
        Typed = CDbl(text)
    ElseIf text Like "*#[-/.]*#*" And IsDate(text) Then
        Typed = CDate(text)
    End If
AsText:
End Function
