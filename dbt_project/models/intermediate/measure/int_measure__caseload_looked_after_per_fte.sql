-- Children looked after at each month end, and the full-time equivalents for them.
{{ of_service('caseload_looked_after_per_fte', 'children_looked_after', 'fte_hundredths') }}
