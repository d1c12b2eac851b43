# What an operator's Terraform declares, with DigitalOcean's own provider; public-client-terraform.sh applies it to the lab.
terraform {
  required_providers {
    digitalocean = { source = "digitalocean/digitalocean" }
  }
}

variable "rules" { type = list(string) }
variable "size" { type = string }
variable "address" { type = string }

data "digitalocean_account" "day" {}

data "digitalocean_image" "debian" { slug = "debian-12-x64" }

resource "digitalocean_ssh_key" "day" {
  name       = "day"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJr4vwqEXrUrNs3mFkPVf0m8oOqh7zqgbIB9qJk5s5dM day"
}

resource "digitalocean_tag" "day" { name = "day" }

resource "digitalocean_vpc" "day" {
  name     = "day"
  region   = "fra1"
  ip_range = "10.99.0.0/24"
}

resource "digitalocean_droplet" "app" {
  count              = 2
  name               = "app-${count.index}"
  image              = data.digitalocean_image.debian.id
  region             = "fra1"
  size               = var.size
  private_networking = true
  ssh_keys           = [digitalocean_ssh_key.day.fingerprint]
  tags               = [digitalocean_tag.day.name]
  user_data          = "#!/bin/sh\necho 'grüße'\n"
}

resource "digitalocean_firewall" "day" {
  name = "day"
  tags = [digitalocean_tag.day.name]
  dynamic "inbound_rule" {
    for_each = var.rules
    content {
      protocol         = "tcp"
      port_range       = inbound_rule.value
      source_addresses = ["10.0.0.0/8"]
    }
  }
}

resource "digitalocean_domain" "day" { name = "day.example" }

resource "digitalocean_record" "www" {
  domain = digitalocean_domain.day.name
  type   = "A"
  name   = "www"
  ttl    = 60
  value  = var.address
}

resource "digitalocean_droplet_snapshot" "gold" {
  droplet_id = digitalocean_droplet.app[0].id
  name       = "gold"
}

resource "digitalocean_project" "day" {
  name      = "day"
  purpose   = "Website"
  resources = [digitalocean_domain.day.urn]
}

output "account" { value = data.digitalocean_account.day.status }
output "addresses" { value = digitalocean_droplet.app[*].ipv4_address }
