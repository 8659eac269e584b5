"""What an anchor has bought as open data: line by line, persons withheld, every öre told."""
