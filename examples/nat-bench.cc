/* SPDX-License-Identifier: GPL-2.0-only */

#include "nat-bench.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-interface-address.h"
#include "ns3/ipv4.h"
#include "ns3/net-device-container.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <stdexcept>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint16_t IPV4 = 0x0800;        //!< EtherType
constexpr const char* RATE = "100Gb/s";  //!< of both links: packets take no time to speak of
constexpr const char* QUEUE = "100000p"; //!< of both links: nothing is lost

} // namespace

NatBench::NatBench(const NatHelper& box, Ipv4Address inside, Ipv4Address outside)
    : m_router(CreateObject<Node>())
{
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(m_router);
    m_inside = Link(inside, MakeCallback(&NatBench::ReceiveInside, this))[1];
    const auto link = Link(outside, MakeCallback(&NatBench::ReceiveOutside, this));
    m_outside = link[1];
    m_box = box.Install(link[0]);
    m_box->TraceConnectWithoutContext("Drop", MakeCallback(&NatBench::Drop, this));
    m_box->TraceConnectWithoutContext("BindingCreated", MakeCallback(&NatBench::Create, this));
    m_box->TraceConnectWithoutContext("BindingExpired", MakeCallback(&NatBench::End, this));
}

NatBench::~NatBench()
{
    m_box = nullptr;
    m_router = nullptr;
    Simulator::Destroy();
}

std::array<Ptr<NetDevice>, 2>
NatBench::Link(Ipv4Address address, Node::ProtocolHandler handler)
{
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue(RATE));
    link.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue(QUEUE));
    Ptr<Node> end = CreateObject<Node>();
    const NetDeviceContainer devices = link.Install(m_router, end);
    end->RegisterProtocolHandler(handler, IPV4, devices.Get(1));
    Ptr<Ipv4> ipv4 = m_router->GetObject<Ipv4>();
    const uint32_t interface = ipv4->AddInterface(devices.Get(0));
    ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, Ipv4Mask(MASK)));
    ipv4->SetUp(interface);
    return {devices.Get(0), devices.Get(1)};
}

void
NatBench::Run(const PacketScript& script)
{
    m_lines = script.GetLines();
    for (std::size_t i = 0; i < m_lines.size(); i++)
    {
        Simulator::Schedule(m_lines[i].time, &NatBench::Play, this, i);
    }
    Simulator::Run(); // until the last binding has ended
}

void
NatBench::Play(std::size_t index)
{
    const PacketScript::Line& line = m_lines[index];
    if (line.kind == PacketScript::Kind::FLUSH)
    {
        m_box->Flush();
        return;
    }
    Ptr<const Packet> about = line.about.empty() ? nullptr : Find(line, line.about).packet;
    Ptr<Packet> packet = ScriptPacket::Make(line,
                                            static_cast<uint16_t>(index + 1),
                                            Resolve(line, line.source),
                                            Resolve(line, line.destination),
                                            about);
    Ptr<NetDevice> device = line.inside ? m_inside : m_outside;
    device->Send(packet, device->GetBroadcast(), IPV4);
}

const ScriptPacket&
NatBench::Find(const PacketScript::Line& line, const std::string& name) const
{
    const auto found = m_names.find(name);
    if (found == m_names.end())
    {
        throw std::runtime_error("line " + std::to_string(line.number) +
                                 " of the script: packet '" + name + "' has not come out so far");
    }
    return found->second;
}

NatEndpoint
NatBench::Resolve(const PacketScript::Line& line, const PacketScript::End& end) const
{
    if (end.packet.empty())
    {
        return end.end;
    }
    const ScriptPacket& packet = Find(line, end.packet);
    return end.source ? packet.source : packet.destination;
}

void
NatBench::ReceiveInside(Ptr<NetDevice>,
                        Ptr<const Packet> packet,
                        uint16_t,
                        const Address&,
                        const Address&,
                        NetDevice::PacketType)
{
    Receive(packet, "inside");
}

void
NatBench::ReceiveOutside(Ptr<NetDevice>,
                         Ptr<const Packet> packet,
                         uint16_t,
                         const Address&,
                         const Address&,
                         NetDevice::PacketType)
{
    Receive(packet, "outside");
}

void
NatBench::Receive(Ptr<const Packet> packet, const char* side)
{
    const ScriptPacket read = ScriptPacket::Read(packet);
    const std::string name = GetName(read);
    if (!name.empty())
    {
        m_names[name] = read;
    }
    m_packets.push_back({Simulator::Now(),
                         std::string(side) + ',' + name + ',' + read.protocol + ',' +
                             ToString(read.source) + ',' + ToString(read.destination) + ',' +
                             read.flags + ',' + read.GetOctets()});
}

std::string
NatBench::GetName(const ScriptPacket& packet) const
{
    const std::size_t number = packet.header.GetIdentification();
    const bool known = packet.IsOfScript() && number > 0 && number <= m_lines.size();
    return known ? m_lines[number - 1].name : "";
}

void
NatBench::Drop(Ptr<const Packet> packet, DropReason reason)
{
    const ScriptPacket read = ScriptPacket::Read(packet);
    m_drops.push_back({Simulator::Now(), GetName(read) + ',' + ToString(reason)});
}

void
NatBench::Create(const NatBinding& binding)
{
    Note(NanoSeconds(binding.created), "created", binding);
}

void
NatBench::End(const NatBinding& binding)
{
    Note(NanoSeconds(binding.ended), ToString(binding.end), binding);
}

void
NatBench::Note(Time time, const std::string& event, const NatBinding& binding)
{
    m_bindings.push_back({time,
                          event + ',' + std::to_string(binding.protocol) + ',' +
                              ToString(binding.internal) + ',' + ToString(binding.external) + ',' +
                              ToString(binding.remote)});
}

const std::vector<NatBench::Row>&
NatBench::GetPackets() const
{
    return m_packets;
}

const std::vector<NatBench::Row>&
NatBench::GetDrops() const
{
    return m_drops;
}

const std::vector<NatBench::Row>&
NatBench::GetBindings() const
{
    return m_bindings;
}

} // namespace keepalive
} // namespace ns3
