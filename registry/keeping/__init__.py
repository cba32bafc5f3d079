"""Who keeps a record: handing it over to an organisation, or back to the secretariat."""
