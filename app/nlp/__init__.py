"""spaCy components for quotations, attributions, speakers and topics, and the pipeline made of them."""
