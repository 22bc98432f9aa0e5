/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-options.h"

#include "ethernet-port.h"
#include "option-types.h"

#include <stdexcept>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr double LONGEST_TIME = 86400; //!< a day, seconds
constexpr double LONGEST_PREFIX = 30;  //!< bits, so that there is room for two

} // namespace

void
EthernetOptions::Add(ProgramOptions& options)
{
    auto add = options.Add().add_options();
    add("interface", Word("", "NAME"), "where R1 is: an end of a veth pair that has no address");
    add("tap", Word("", "NAME"), "where R1 is, instead: a TAP interface; made if there is none");
    add("address", Word("10.0.0.2", "ADDRESS"), "R1's own");
    add("prefix-length", Number(24, "BITS"), "of the network, without a router");
    add("cut-at",
        Number(0, "SECONDS"),
        "when R1 and its peer cease to hear each other, silently; 0 for never");
    add("cut-for",
        Number(0, "SECONDS"),
        "time after which they hear each other again; 0 for never");
    add("pcap", Switch(), "write a packet capture of the interface");
}

EthernetOptions
EthernetOptions::Read(const ProgramOptions& options)
{
    EthernetOptions read;
    read.interface = options.Get<std::string>("interface");
    const std::string tap = options.Get<std::string>("tap");
    if (read.interface.empty() == tap.empty())
    {
        throw UsageError("option --interface: give this or --tap, and not both");
    }
    read.tap = !tap.empty();
    read.interface += tap;
    read.lab.address = ReadAddress(options, "address");
    const auto bits = static_cast<uint32_t>(ReadWhole(options, "prefix-length", 1, LONGEST_PREFIX));
    read.lab.mask = Ipv4Mask(~0U << (32 - bits));
    read.lab.cutAt = Seconds(options.GetBetween("cut-at", 0, LONGEST_TIME));
    read.lab.cutFor = Seconds(options.GetBetween("cut-for", 0, LONGEST_TIME));
    return read;
}

Ipv4Address
EthernetOptions::ReadNeighbor(const ProgramOptions& options, const std::string& name) const
{
    const Ipv4Address address = ReadAddress(options, name);
    if (!lab.mask.IsMatch(address, lab.address))
    {
        throw UsageError("option --" + name + "=" + options.Get<std::string>(name) +
                         ": not in the network of --address and --prefix-length");
    }
    return address;
}

int
EthernetOptions::Open() const
{
    EthernetPort port;
    const std::optional<std::string> wrong =
        tap ? port.OpenTap(interface) : port.OpenInterface(interface);
    if (wrong)
    {
        throw std::runtime_error(*wrong);
    }
    return port.Release();
}

} // namespace keepalive
} // namespace ns3
