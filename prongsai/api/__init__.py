"""Open data for programs: read only, for anybody, in the same words and through the same doors as the public pages."""
