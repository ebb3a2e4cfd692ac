"""A view of the library as one HTML file: it opens from disk, asks no network for anything, and tells only the view."""
