"""The library's pages as files in a folder, for any web host: the server's own pages, without what needs a server."""
