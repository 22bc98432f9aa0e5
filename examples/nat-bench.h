/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_BENCH_H
#define KEEPALIVE_NAT_BENCH_H

#include "packet-script.h"
#include "script-packet.h"

#include "ns3/address.h"
#include "ns3/drop-reason.h"
#include "ns3/ipv4-address.h"
#include "ns3/nat-binding.h"
#include "ns3/nat-box.h"
#include "ns3/nat-helper.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief A router with a NatBox and two links, and a PacketScript running.
 */
class NatBench
{
  public:
    static constexpr const char* MASK = "/24"; //!< of both networks

    /// One thing that happened.
    struct Row
    {
        Time time;        //!< when
        std::string text; //!< what, in columns of a table
    };

    /**
     * @brief Build it.
     * @param box makes the box
     * @param inside address of the router inside, in a network with MASK
     * @param outside address of the router outside, in another one
     */
    NatBench(const NatHelper& box, Ipv4Address inside, Ipv4Address outside);

    /// Leave the simulator as it was.
    ~NatBench();

    NatBench(const NatBench&) = delete;
    NatBench& operator=(const NatBench&) = delete;

    /**
     * @brief Run a script.
     * @param script the script
     */
    void Run(const PacketScript& script);

    /**
     * @brief What came out.
     * @return side, name in the script, protocol, source, destination, flags, octets
     */
    const std::vector<Row>& GetPackets() const;

    /**
     * @brief What was dropped.
     * @return name in the script, reason
     */
    const std::vector<Row>& GetDrops() const;

    /**
     * @brief Bindings that were made, and that ended.
     * @return event, IP protocol number, the end inside, its name outside, the other end
     */
    const std::vector<Row>& GetBindings() const;

  private:
    /**
     * @brief Make a link of the router.
     * @param address the router's
     * @param handler what becomes of what arrives at the other end
     * @return the devices of the router and of the other end
     */
    std::array<Ptr<NetDevice>, 2> Link(Ipv4Address address, Node::ProtocolHandler handler);

    /**
     * @brief Do what a line says.
     * @param index which line
     */
    void Play(std::size_t index);

    /**
     * @brief Find a packet that came out.
     * @param line the line that refers to it
     * @param name its name
     * @return the packet
     */
    const ScriptPacket& Find(const PacketScript::Line& line, const std::string& name) const;

    /**
     * @brief Find an end of a packet to be sent.
     * @param line its line
     * @param end the end, as it is written there
     * @return the end
     */
    NatEndpoint Resolve(const PacketScript::Line& line, const PacketScript::End& end) const;

    /**
     * @brief A packet has come out inside.
     * @param device where
     * @param packet the packet
     * @param protocol EtherType
     * @param from unused
     * @param to unused
     * @param type unused
     */
    void ReceiveInside(Ptr<NetDevice> device,
                       Ptr<const Packet> packet,
                       uint16_t protocol,
                       const Address& from,
                       const Address& to,
                       NetDevice::PacketType type);

    /**
     * @brief A packet has come out outside.
     * @param device where
     * @param packet the packet
     * @param protocol EtherType
     * @param from unused
     * @param to unused
     * @param type unused
     */
    void ReceiveOutside(Ptr<NetDevice> device,
                        Ptr<const Packet> packet,
                        uint16_t protocol,
                        const Address& from,
                        const Address& to,
                        NetDevice::PacketType type);

    /**
     * @brief A packet has come out.
     * @param packet the packet
     * @param side where
     */
    void Receive(Ptr<const Packet> packet, const char* side);

    /**
     * @brief The name of a packet in the script.
     * @param packet the packet
     * @return its name; empty if it is the router's own
     */
    std::string GetName(const ScriptPacket& packet) const;

    /**
     * @brief The box has dropped a packet.
     * @param packet the packet
     * @param reason why
     */
    void Drop(Ptr<const Packet> packet, DropReason reason);

    /**
     * @brief A binding was made.
     * @param binding the binding
     */
    void Create(const NatBinding& binding);

    /**
     * @brief A binding has ended.
     * @param binding the binding
     */
    void End(const NatBinding& binding);

    /**
     * @brief Note what happened to a binding.
     * @param time when
     * @param event what
     * @param binding the binding
     */
    void Note(Time time, const std::string& event, const NatBinding& binding);

    Ptr<Node> m_router;                          //!< with the box
    Ptr<NatBox> m_box;                           //!< the NAT
    Ptr<NetDevice> m_inside;                     //!< sends into the router
    Ptr<NetDevice> m_outside;                    //!< sends into the router
    std::vector<PacketScript::Line> m_lines;     //!< what is to be done
    std::map<std::string, ScriptPacket> m_names; //!< what came out, of the script
    std::vector<Row> m_packets;                  //!< what came out
    std::vector<Row> m_drops;                    //!< what was dropped
    std::vector<Row> m_bindings;                 //!< what became of bindings
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_BENCH_H */
