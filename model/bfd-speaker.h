/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BFD_SPEAKER_H
#define KEEPALIVE_BFD_SPEAKER_H

#include "bfd-header.h"
#include "bfd-session.h"
#include "drop-reason.h"
#include "node-part.h"
#include "ns3-compat.h"

#include "ns3/application.h"
#include "ns3/ipv4-address.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/socket.h"
#include "ns3/traced-callback.h"
#include "ns3/type-id.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief BFD over UDP (RFC 5881, and RFC 5883 for sessions with MultiHop): the process of one node
 *        that all its sessions are in.
 *
 * Packets go from a port of 49152 to 65535, the same for the life of a session and another for
 * each, to port 3784 (single hop) or 4784 (multihop), with TTL 255. On a single hop a packet that
 * arrives with another TTL came from further away and is dropped.
 *
 * A packet belongs to the session that Your Discriminator names. Where that is 0, as in the first
 * packets, the source address decides, with the destination address if the session has a
 * LocalAddress. The discriminator alone decides otherwise: whoever knows it may be anywhere, as far
 * as the TTL allows.
 *
 * As a NodePart it crashes with its node: sessions begin anew, with new discriminators, without a
 * word to the peer. When the control plane hangs, so does BFD, unless it is Offloaded to a line
 * card. What arrives meanwhile waits in the socket. By then timers have run out, and they come
 * first: a hang of a detection time ends the session at this end, too.
 *
 * Whatever node and stack the application is on will do, a real-time one over a real interface too.
 */
class BfdSpeaker : public Application, public NodePart, private BfdSession::Owner
{
  public:
    static constexpr uint16_t SINGLE_HOP_PORT = 3784;    //!< RFC 5881 section 4
    static constexpr uint16_t MULTI_HOP_PORT = 4784;     //!< RFC 5883 section 5
    static constexpr uint16_t FIRST_SOURCE_PORT = 49152; //!< RFC 5881 section 4
    static constexpr uint16_t LAST_SOURCE_PORT = 65535;  //!< RFC 5881 section 4
    static constexpr uint8_t TTL = 255;                  //!< RFC 5881 section 5

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    BfdSpeaker();
    ~BfdSpeaker() override;

    /**
     * @brief Add a session. It begins with the application, or at once if that runs.
     * @param session the session; its addresses and MultiHop must be set
     */
    void AddSession(Ptr<BfdSession> session);

    /**
     * @brief How many sessions there are.
     * @return the number
     */
    uint32_t GetNSessions() const;

    /**
     * @brief One of the sessions.
     * @param i its number, in the order of AddSession; below GetNSessions
     * @return the session
     */
    Ptr<BfdSession> GetSession(uint32_t i) const;

    /**
     * @brief The source port of a session.
     * @param i its number
     * @return the port; 0 if the session does not run
     */
    uint16_t GetSourcePort(uint32_t i) const;

    /**
     * @brief Fix the random streams of all sessions.
     * @param stream first stream number to use
     * @return how many stream numbers were used
     */
    int64_t AssignStreams(int64_t stream) KEEPALIVE_APPLICATION_ASSIGN_STREAMS_OVERRIDE;

    // Inherited from NodePart
    void SetPowered(bool powered) override;
    void SetControlPlaneStalled(bool stalled) override;

  protected:
    void DoDispose() override;

  private:
    /// A session and what belongs to it here.
    struct Entry
    {
        Ptr<BfdSession> session; //!< the session
        Ptr<Socket> socket;      //!< what it sends with; null unless it runs
        uint16_t port{0};        //!< source port
    };

    // Inherited from Application
    void StartApplication() override;
    void StopApplication() override;

    /// Begin all sessions.
    void Boot();
    /**
     * @brief Begin a session.
     * @param i its number
     */
    void StartSession(std::size_t i);
    /**
     * @brief Listen, unless we do.
     * @param multiHop at MULTI_HOP_PORT, not SINGLE_HOP_PORT
     */
    void Listen(bool multiHop);
    /**
     * @brief End all sessions without a word.
     * @param cause what becomes of those that are Up
     */
    void Silence(LineCause cause);
    /// Close all sockets.
    void CloseAll();

    void SendBfdPacket(BfdSession& session, Ptr<Packet> packet) override;
    void Locate(const BfdSession& session, DetectionEvent& event) const override;

    /**
     * @brief Something arrived.
     * @param socket where
     */
    void HandleRead(Ptr<Socket> socket);
    /**
     * @brief Find the session of a packet, and hand it over.
     * @param packet the packet, with the tags of its socket
     * @param from its source address
     * @param multiHop whether it came to MULTI_HOP_PORT
     */
    void HandlePacket(Ptr<Packet> packet, Ipv4Address from, bool multiHop);
    /**
     * @brief Find the session of a packet without a discriminator of ours.
     * @param from its source address
     * @param to its destination address
     * @param multiHop whether it came to MULTI_HOP_PORT
     * @return the session; null if there is none
     */
    Ptr<BfdSession> FindByAddress(Ipv4Address from, Ipv4Address to, bool multiHop) const;
    /**
     * @brief Whether BFD hangs with the control plane.
     * @return true if so
     */
    bool IsHanging() const;

    bool m_offloaded{false}; //!< goes on while the control plane hangs
    uint8_t m_tos{0xc0};     //!< type of service of what we send
    TypeId m_protocol;       //!< how to make sockets

    std::vector<Entry> m_sessions;                     //!< in the order of AddSession
    std::map<uint32_t, std::size_t> m_byDiscriminator; //!< numbers of those that run
    Ptr<Socket> m_singleHop;                           //!< listens at SINGLE_HOP_PORT
    Ptr<Socket> m_multiHop;                            //!< listens at MULTI_HOP_PORT
    uint32_t m_lastDiscriminator{0};                   //!< the last one given
    uint16_t m_nextPort{FIRST_SOURCE_PORT};            //!< the next one to be tried
    bool m_running{false}; //!< the application was started, and not stopped
    bool m_powered{true};  //!< the node has power
    bool m_stalled{false}; //!< the control plane hangs

    TracedCallback<Ptr<const Packet>, DropReason> m_dropTrace; //!< what belongs to no session
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BFD_SPEAKER_H */
