-- Children with a protection plan at each month end, and the full-time equivalents for them.
{{ of_service('caseload_protection_per_fte', 'children_protected', 'fte_hundredths') }}
