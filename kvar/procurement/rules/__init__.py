"""The law as pure functions over dated data: no Django here, so each rule runs in a notebook."""
