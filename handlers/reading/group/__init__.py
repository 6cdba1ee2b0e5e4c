"""Reports of a whole group: how many there are, who is missing, who is not well."""
