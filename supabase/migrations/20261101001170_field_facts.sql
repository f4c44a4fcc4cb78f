-- Field work under watch: what was lent and settled is remembered with who did it.

call audit.watch('places.route_loans');
