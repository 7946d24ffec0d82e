"""Delivery profiles at the desk (报送配置): listed, shown as a table, made from a sample's headings, tried on a sample, saved as a new version."""
