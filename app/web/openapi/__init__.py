"""The OpenAPI document, made from what the routes declare when somebody asks for it."""
