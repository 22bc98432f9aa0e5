/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_NAT_CONSOLE_H
#define KEEPALIVE_NAT_CONSOLE_H

#include "console-transcript.h"

#include "ns3/detection-event.h"
#include "ns3/dpd-agent.h"
#include "ns3/ike-datagram.h"
#include "ns3/ipv4.h"
#include "ns3/nat-binding.h"
#include "ns3/nat-box.h"
#include "ns3/nat-endpoint.h"
#include "ns3/nat-packet.h"
#include "ns3/nat-translation.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <list>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What an operator sees of a NAT or firewall, and of the IKE hosts at both sides of it.
 *
 * Each line has its router or host and its time:
 *  - what `conntrack -E` shows of bindings: "    [NEW] udp      17 30 src=10.1.0.1 dst=10.2.0.2
 *    sport=4500 dport=4500 [UNREPLIED] src=10.2.0.2 dst=10.0.0.1 sport=4500 dport=4500", with the
 *    time left; " [UPDATE]" when it is first answered, or when the state of its TCP connection
 *    changes; "[DESTROY]" when it is gone. Mere refreshes are left out;
 *  - what `tcpdump -i any` shows on UDP port 4500 of hosts: "Out IP 10.1.0.1.4500 >
 *    10.2.0.2.4500: isakmp-nat-keep-alive", IKE as "NONESP-encap: isakmp: ...", data as "UDP-encap:
 *    ESP(spi=0x...,seq=0x1), length 108";
 *  - what the IKE program of a host says of its peer: that it is given up, or back, or elsewhere;
 *  - what `show ip nat translations verbose` shows of all bindings, at the end.
 *
 * Trace sinks only: it changes nothing.
 */
class NatConsole
{
  public:
    /**
     * @brief Create a console without routers.
     * @param transcript where to print; must outlive the simulation, as this object must
     */
    explicit NatConsole(ConsoleTranscript& transcript);

    NatConsole(const NatConsole&) = delete;
    NatConsole& operator=(const NatConsole&) = delete;

    /**
     * @brief Print what a NAT or firewall does.
     * @param box the box
     * @param name name of its router
     */
    void Watch(Ptr<NatBox> box, const std::string& name);

    /**
     * @brief Print what an IKE host sees.
     * @param agent its agent, on a node with IPv4
     * @param name name of the host
     */
    void Watch(Ptr<DpdAgent> agent, const std::string& name);

    /// Print "show ip nat translations verbose" of every box, as of now.
    void ShowTranslations();

  private:
    /// What was last told of a binding.
    struct Known
    {
        NatBinding binding;       //!< which
        bool replied{false};      //!< there was a packet in the other direction
        NatTcpState::State state; //!< of TCP
    };

    /// One box.
    struct Box
    {
        ConsoleTranscript* transcript; //!< where to print
        Ptr<NatBox> box;               //!< the box
        std::string name;              //!< of its router
        std::vector<Known> known;      //!< the bindings there are
    };

    /// One IKE host.
    struct Host
    {
        ConsoleTranscript* transcript; //!< where to print
        std::string name;              //!< of the host
    };

    // trace sinks
    static void Created(Box* box, const NatBinding& binding);
    static void Translated(Box* box, Ptr<const Packet> packet, const NatTranslation& translation);
    static void Ended(Box* box, const NatBinding& binding);
    static void Sent(Host* host, Ptr<const Packet> packet, Ptr<Ipv4> ipv4, uint32_t interface);
    static void Received(Host* host, Ptr<const Packet> packet, Ptr<Ipv4> ipv4, uint32_t interface);
    static void Line(Host* host, const DetectionEvent& event);
    static void Moved(Host* host, const IkeEndpoint& from, const IkeEndpoint& to);

    /**
     * @brief Find what was told of a binding.
     * @param box its box
     * @param binding the binding
     * @return its place; the end if nothing was
     */
    static std::vector<Known>::iterator Find(Box* box, const NatBinding& binding);
    /**
     * @brief Print a line of conntrack.
     * @param box its box
     * @param kind NEW, UPDATE or DESTROY
     * @param known the binding
     */
    static void Print(Box* box, const char* kind, const Known& known);
    /**
     * @brief The flow of a binding to its first other end, as a packet from inside has it.
     * @param binding the binding
     * @return such a packet
     */
    static NatPacket ToPacket(const NatBinding& binding);
    /**
     * @brief Print a datagram of UDP port 4500.
     * @param host who sees it
     * @param direction "Out" or "In "
     * @param packet from the IP header on
     */
    static void Datagram(Host* host, const char* direction, Ptr<const Packet> packet);

    ConsoleTranscript& m_transcript; //!< where to print
    std::list<Box> m_boxes;          //!< a list, because sinks point into it
    std::list<Host> m_hosts;         //!< likewise
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_NAT_CONSOLE_H */
