"""Charts as drawings of their own, for documents: as they stand on a page, with title, key and stamp."""
