/* SPDX-License-Identifier: GPL-2.0-only */

#include "ethernet-switch.h"

#include "ethernet-line.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/log.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace ns3
{
namespace keepalive
{

NS_LOG_COMPONENT_DEFINE("KeepaliveEthernetSwitch");

NS_OBJECT_ENSURE_REGISTERED(EthernetSwitch);

namespace
{

/**
 * @brief Whether no bridge forwards an address (IEEE 802.1D-2004 table 7-10).
 * @param address the address
 * @return true from 01:80:c2:00:00:00, of spanning tree's frames, to 0f
 */
bool
IsReserved(Mac48Address address)
{
    uint8_t bytes[6];
    address.CopyTo(bytes);
    bytes[5] &= 0xf0;
    const uint8_t reserved[6] = {0x01, 0x80, 0xc2, 0x00, 0x00, 0x00};
    return std::equal(bytes, bytes + 6, reserved);
}

} // namespace

TypeId
EthernetSwitch::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::keepalive::EthernetSwitch")
            .SetParent<Object>()
            .SetGroupName("Keepalive")
            .AddConstructor<EthernetSwitch>()
            .AddAttribute("Learning",
                          "Learn where addresses live. False makes a hub, which sends whatever "
                          "comes in out of all other ports.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&EthernetSwitch::m_learning),
                          MakeBooleanChecker())
            .AddAttribute("AgeingTime",
                          "Silence after which an address is forgotten.",
                          TimeValue(Seconds(300)),
                          MakeTimeAccessor(&EthernetSwitch::m_ageingTime),
                          MakeTimeChecker(TimeStep(1)))
            .AddAttribute("TableSize",
                          "Addresses that the table has room for; further ones are not learned.",
                          UintegerValue(8192),
                          MakeUintegerAccessor(&EthernetSwitch::m_maxEntries),
                          MakeUintegerChecker<uint32_t>(1))
            .AddTraceSource("Frame",
                            "A frame came in by a port that works, and what became of it.",
                            MakeTraceSourceAccessor(&EthernetSwitch::m_frameTrace),
                            "ns3::keepalive::EthernetSwitch::FrameTracedCallback")
            .AddTraceSource("Learn",
                            "An address was learned, or has moved to another port.",
                            MakeTraceSourceAccessor(&EthernetSwitch::m_learnTrace),
                            "ns3::keepalive::EthernetSwitch::LearnTracedCallback")
            .AddTraceSource("Drop",
                            "A frame did not get in by a port, or out of it, with the reason.",
                            MakeTraceSourceAccessor(&EthernetSwitch::m_dropTrace),
                            "ns3::keepalive::DropTracedCallback");
    return tid;
}

EthernetSwitch::EthernetSwitch() = default;

EthernetSwitch::~EthernetSwitch() = default;

void
EthernetSwitch::DoDispose()
{
    if (m_node)
    {
        for (std::size_t i = 0; i < m_ports.size(); i++)
        {
            m_node->UnregisterProtocolHandler(MakeCallback(&EthernetSwitch::Receive, this));
        }
    }
    m_node = nullptr;
    m_ports.clear();
    m_table.clear();
    Object::DoDispose();
}

// ---- ports ----

uint32_t
EthernetSwitch::AddPort(Ptr<NetDevice> device)
{
    NS_LOG_FUNCTION(this << device);
    const std::string name = device->GetInstanceTypeId().GetName();
    NS_ABORT_MSG_IF(!device->GetNode(), "a " << name << " that belongs to no node is no port");
    NS_ABORT_MSG_IF(!device->SupportsSendFrom() ||
                        !Mac48Address::IsMatchingType(device->GetAddress()),
                    "a " << name << " cannot be a port: it cannot send what others sent");
    NS_ABORT_MSG_IF(m_node && m_node != device->GetNode(),
                    "the ports of a switch belong to one node");
    for (const auto& port : m_ports)
    {
        NS_ABORT_MSG_IF(port.device == device, "this " << name << " is a port already");
    }
    m_node = device->GetNode();
    Port port;
    port.device = device;
    m_ports.push_back(port);
    m_node->RegisterProtocolHandler(MakeCallback(&EthernetSwitch::Receive, this),
                                    0, // any EtherType
                                    device,
                                    true);
    return static_cast<uint32_t>(m_ports.size() - 1);
}

uint32_t
EthernetSwitch::GetNPorts() const
{
    return static_cast<uint32_t>(m_ports.size());
}

const EthernetSwitch::Port&
EthernetSwitch::At(uint32_t port) const
{
    NS_ABORT_MSG_IF(port >= m_ports.size(), "the switch has no port " << port);
    return m_ports[port];
}

Ptr<NetDevice>
EthernetSwitch::GetPortDevice(uint32_t port) const
{
    return At(port).device;
}

void
EthernetSwitch::SetPortBlocked(uint32_t port, bool blocked)
{
    At(port);
    m_ports[port].blocked = blocked;
}

bool
EthernetSwitch::IsPortBlocked(uint32_t port) const
{
    return At(port).blocked;
}

void
EthernetSwitch::SetPortErrDisabled(uint32_t port, bool disabled)
{
    At(port);
    m_ports[port].errDisabled = disabled;
}

bool
EthernetSwitch::IsPortErrDisabled(uint32_t port) const
{
    Ptr<EthernetLine> line = At(port).device->GetObject<EthernetLine>();
    return m_ports[port].errDisabled || (line && line->IsErrDisabled());
}

bool
EthernetSwitch::IsPortForwarding(uint32_t port) const
{
    return !At(port).blocked && !GetPortFault(m_ports[port]);
}

std::optional<DropReason>
EthernetSwitch::GetPortFault(const Port& port) const
{
    if (!m_powered)
    {
        return DropReason::ADMIN_DOWN;
    }
    if (port.errDisabled)
    {
        return DropReason::ERR_DISABLED;
    }
    Ptr<EthernetLine> line = port.device->GetObject<EthernetLine>();
    if (line && !line->IsLineUp())
    {
        if (line->IsErrDisabled())
        {
            return DropReason::ERR_DISABLED;
        }
        return line->IsAdminUp() ? DropReason::LINE_DOWN : DropReason::ADMIN_DOWN;
    }
    if (!port.device->IsLinkUp())
    {
        return DropReason::NO_CARRIER;
    }
    return std::nullopt;
}

// ---- frames ----

void
EthernetSwitch::Receive(Ptr<NetDevice> device,
                        Ptr<const Packet> packet,
                        uint16_t protocol,
                        const Address& source,
                        const Address& destination,
                        NetDevice::PacketType /* type */)
{
    const auto found = std::find_if(m_ports.begin(), m_ports.end(), [&device](const Port& port) {
        return port.device == device;
    });
    const auto in = static_cast<uint32_t>(found - m_ports.begin());
    const std::optional<DropReason> fault = GetPortFault(*found);
    if (fault)
    {
        m_dropTrace(packet, *fault);
        return;
    }
    if (found->blocked)
    {
        m_frameTrace(packet, in, Action::BLOCKED);
        return;
    }
    const Mac48Address from = Mac48Address::ConvertFrom(source);
    const Mac48Address to = Mac48Address::ConvertFrom(destination);
    if (m_learning)
    {
        Learn(from, in);
        if (IsLocal(to))
        {
            m_frameTrace(packet, in, Action::LOCAL);
            return;
        }
    }
    const std::optional<uint32_t> out = Lookup(to);
    if (out && *out == in)
    {
        m_frameTrace(packet, in, Action::FILTERED);
        return;
    }
    if (out)
    {
        m_frameTrace(packet, in, Action::FORWARDED);
        Transmit(m_ports[*out], packet, protocol, from, to);
        return;
    }
    m_frameTrace(packet, in, Action::FLOODED);
    for (uint32_t port = 0; port < m_ports.size(); port++)
    {
        if (port != in && IsPortForwarding(port))
        {
            Transmit(m_ports[port], packet, protocol, from, to);
        }
    }
}

void
EthernetSwitch::Learn(Mac48Address source, uint32_t port)
{
    // A group has no place, and a port's own address lives in the switch, wherever it comes from.
    if (source.IsGroup() || IsLocal(source))
    {
        return;
    }
    auto entry = m_table.find(source);
    const bool changed =
        entry == m_table.end() || entry->second.port != port || !IsFresh(entry->second);
    if (entry == m_table.end() && m_table.size() >= m_maxEntries)
    {
        for (auto old = m_table.begin(); old != m_table.end();)
        {
            old = IsFresh(old->second) ? std::next(old) : m_table.erase(old);
        }
        if (m_table.size() >= m_maxEntries)
        {
            return;
        }
    }
    m_table[source] = Entry{port, Simulator::Now()};
    if (changed)
    {
        m_learnTrace(source, port);
    }
}

bool
EthernetSwitch::IsLocal(Mac48Address destination) const
{
    if (IsReserved(destination))
    {
        return true;
    }
    for (const auto& port : m_ports)
    {
        if (Mac48Address::ConvertFrom(port.device->GetAddress()) == destination)
        {
            return true;
        }
    }
    return false;
}

bool
EthernetSwitch::IsFresh(const Entry& entry) const
{
    // An address that is heard at the very instant at which it would age out is still known.
    return Simulator::Now() - entry.heard <= m_ageingTime;
}

std::optional<uint32_t>
EthernetSwitch::Lookup(Mac48Address destination) const
{
    const std::optional<uint32_t> port = GetPort(destination);
    // Where a port has gone down the address may have moved: ask all the others.
    if (!m_learning || !port || !IsPortForwarding(*port))
    {
        return std::nullopt;
    }
    return port;
}

void
EthernetSwitch::Transmit(const Port& port,
                         Ptr<const Packet> packet,
                         uint16_t protocol,
                         Mac48Address source,
                         Mac48Address destination)
{
    if (!port.device->SendFrom(packet->Copy(), source, destination, protocol))
    {
        m_dropTrace(packet, DropReason::QUEUE_FULL);
    }
}

// ---- the address table ----

std::optional<uint32_t>
EthernetSwitch::GetPort(Mac48Address address) const
{
    const auto entry = m_table.find(address);
    if (entry == m_table.end() || !IsFresh(entry->second))
    {
        return std::nullopt;
    }
    return entry->second.port;
}

std::optional<Time>
EthernetSwitch::GetLastHeard(Mac48Address address) const
{
    const auto entry = m_table.find(address);
    if (entry == m_table.end() || !IsFresh(entry->second))
    {
        return std::nullopt;
    }
    return entry->second.heard;
}

std::size_t
EthernetSwitch::GetTableSize() const
{
    std::size_t fresh = 0;
    for (const auto& entry : m_table)
    {
        fresh += IsFresh(entry.second) ? 1 : 0;
    }
    return fresh;
}

void
EthernetSwitch::ClearTable()
{
    m_table.clear();
}

// ---- the node ----

void
EthernetSwitch::SetPowered(bool powered)
{
    NS_LOG_FUNCTION(this << powered);
    if (!powered)
    {
        ClearTable();
    }
    m_powered = powered;
}

void
EthernetSwitch::SetControlPlaneStalled(bool /* stalled */)
{
}

} // namespace keepalive
} // namespace ns3
