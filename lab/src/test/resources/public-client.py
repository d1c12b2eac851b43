# public-client.py URL TOKEN : an operator's day with DigitalOcean's own Python client, unmodified, against the lab.
# Prints one line for each thing done, and ends with "done"; anything unexpected is an exception.
import sys
import time

from azure.core.exceptions import HttpResponseError
from pydo import Client

client = Client(token=sys.argv[2], endpoint=sys.argv[1])
plain = {"enforce_https": False}
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJr4vwqEXrUrNs3mFkPVf0m8oOqh7zqgbIB9qJk5s5dM day"


def expect(what, truth):
    if not truth:
        raise AssertionError(what)
    print(what)


def done(action):
    for _ in range(600):
        state = client.actions.get(action, **plain)["action"]["status"]
        if state != "in-progress":
            expect("action %d %s" % (action, state), state == "completed")
            return
        time.sleep(0.05)
    raise AssertionError("action %d did not end" % action)


def act(droplet, **body):
    done(client.droplet_actions.post(droplet, body=body, **plain)["action"]["id"])


def create(name, image):
    order = {"name": name, "region": "fra1", "size": "s-1vcpu-1gb", "image": image, "tags": ["day"], "ssh_keys": [key]}
    made = client.droplets.create(body=order, **plain)
    done(made["links"]["actions"][0]["id"])
    return made["droplet"]["id"]


expect("the account has a limit", client.account.get(**plain)["account"]["droplet_limit"] > 0)
expect("half a terabyte of transfer", client.sizes.list(**plain)["sizes"][0]["transfer"] == 0.5)
key = client.ssh_keys.create(body={"name": "day", "public_key": KEY}, **plain)["ssh_key"]["fingerprint"]
master = create("master", "debian-12-x64")
expect("found by name", len(client.droplets.list(name="master", **plain)["droplets"]) == 1)
expect("found by tag", len(client.droplets.list(tag_name="day", **plain)["droplets"]) == 1)
act(master, type="power_off")
act(master, type="snapshot", name="gold")
snapshot = client.droplets.list_snapshots(master, **plain)["snapshots"][0]["id"]
transfer = client.image_actions.post(snapshot, body={"type": "transfer", "region": "nyc3"}, **plain)
done(transfer["action"]["id"])
expect("transferred", "nyc3" in client.images.get(snapshot, **plain)["image"]["regions"])
clone = create("clone", snapshot)
act(clone, type="rename", name="app-1")
act(clone, type="rebuild", image=snapshot)
expect("renamed", client.droplets.get(clone, **plain)["droplet"]["name"] == "app-1")

rule = {"protocol": "tcp", "ports": "22", "sources": {"tags": ["day"], "addresses": ["10.0.0.0/8"]}}
wall = client.firewalls.create(body={"name": "day", "inbound_rules": [rule], "tags": ["day"]}, **plain)["firewall"]["id"]
client.firewalls.assign_droplets(wall, body={"droplet_ids": [clone]}, **plain)
client.firewalls.add_rules(wall, body={"inbound_rules": [dict(rule, ports="80")]}, **plain)
expect("two rules", len(client.firewalls.get(wall, **plain)["firewall"]["inbound_rules"]) == 2)
client.firewalls.delete_rules(wall, body={"inbound_rules": [dict(rule, ports="80")]}, **plain)
expect("one rule", len(client.firewalls.get(wall, **plain)["firewall"]["inbound_rules"]) == 1)
expect("its droplet knows", len(client.droplets.list_firewalls(clone, **plain)["firewalls"]) == 1)
client.firewalls.delete(wall, **plain)

ip = client.reserved_ips.create(body={"droplet_id": clone}, **plain)["reserved_ip"]["ip"]
while client.reserved_ips.get(ip, **plain)["reserved_ip"]["droplet"] is None:
    time.sleep(0.05)
done(client.reserved_ips_actions.post(ip, body={"type": "unassign"}, **plain)["action"]["id"])
client.reserved_ips.delete(ip, **plain)

client.domains.create(body={"name": "day.example"}, **plain)
record = client.domains.create_record("day.example", body={"type": "A", "name": "www", "data": "198.18.0.2"}, **plain)
record = record["domain_record"]["id"]
client.domains.patch_record("day.example", record, body={"type": "A", "data": "198.18.0.3"}, **plain)
found = client.domains.list_records("day.example", name="www.day.example", type="A", **plain)["domain_records"]
expect("the record is changed", [one["data"] for one in found] == ["198.18.0.3"])
client.domains.delete("day.example", **plain)

project = client.projects.create(body={"name": "day", "purpose": "Website"}, **plain)["project"]["id"]
client.projects.assign_resources(project, body={"resources": ["do:droplet:%d" % clone]}, **plain)
expect("in the project", len(client.projects.list_resources(project, **plain)["resources"]) == 1)
expect("a VPC a region", len(client.vpcs.list(**plain)["vpcs"]) == 3)
expect("no certificate", client.certificates.list(**plain)["certificates"] == [])
client.monitoring.get_droplet_cpu_metrics(host_id=str(clone), start="1", end="2", **plain)

missing = client.droplets.get(7, **plain)
expect("an unknown droplet is not found", missing["id"] == "not_found")
client.droplets.destroy_with_associated_resources_dangerous(clone, x_dangerous=True, **plain)
client.droplets.destroy_by_tag(tag_name="day", **plain)
client.snapshots.delete(snapshot, **plain)
expect("nothing is left", client.droplets.list(**plain)["droplets"] == [])
expect("no snapshot either", client.snapshots.list(**plain)["snapshots"] == [])
refused = None
try:
    client.droplets.create(body={"name": "day", "region": "fra1", "size": "s-1vcpu-1gb", "image": "none"}, **plain)
except HttpResponseError as refusal:
    refused = refusal.status_code
expect("a refusal is understood", refused == 422)
print("done")
