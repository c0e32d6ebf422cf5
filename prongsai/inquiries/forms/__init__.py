"""The forms of fact-finding. Whatever is refused is said in formal Thai beside the field."""
