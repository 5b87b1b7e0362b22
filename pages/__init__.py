"""How a page is made: forms that keep what was typed, answers with the right status, lists with paging."""
