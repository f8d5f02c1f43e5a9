-- Full-time equivalents of the independent chairs at each month end, in hundredths.
{{ of_service('chair_fte', 'fte_hundredths') }}
