-- Children looked after or protected at each month end, and the full-time equivalents for them.
{{ of_service('caseload_per_fte', 'children_looked_after + children_protected', 'fte_hundredths') }}
