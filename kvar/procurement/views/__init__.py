"""The pages of leg 3; the base template and the menu come from the web's context."""
