"""The API: the door for systems, a folder a version. Each call acts as the user of a service account, through the use cases."""
