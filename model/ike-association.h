/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IKE_ASSOCIATION_H
#define KEEPALIVE_IKE_ASSOCIATION_H

#include "esp-header.h"
#include "ike-datagram.h"
#include "ike-header.h"

#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

class IkePort;

/**
 * @ingroup keepalive
 * @brief One IKE SA and its pair of ESP SAs, as the host at one end has them: names and addresses.
 *
 * All that is sent to the peer passes here, so that Tx tells a NAT keepalive when the flow was last
 * in use. What arrives is found by its cookies (IKE) or its SPI (ESP), never by its source address:
 * a NAT may have changed that.
 *
 * RFC 3947 section 7: an address or port that changed is followed once a datagram was authentic,
 * be it IKE or ESP. A NAT keepalive, which has no owner, is never followed.
 */
class IkeAssociation : public Object
{
  public:
    /// The names of the SAs.
    struct Names
    {
        uint64_t initiatorCookie{0}; //!< of who set the IKE SA up; 0 for no IKE SA
        uint64_t responderCookie{0}; //!< of the other end; 0 while being set up
        uint32_t inboundSpi{0};      //!< of ESP that arrives; 0 for none
        uint32_t outboundSpi{0};     //!< of ESP that is sent
    };

    /// Who lives by the association.
    class Owner
    {
      public:
        virtual ~Owner() = default;

        /**
         * @brief An IKE message arrived that has the cookies of this association, or asks its
         *        owner for a new IKE SA.
         * @param header its ISAKMP header
         * @param body the payloads
         * @param from where it came from
         * @param datagram all of it, for traces
         */
        virtual void HandleIke(const IkeHeader& header,
                               Ptr<Packet> body,
                               const IkeEndpoint& from,
                               Ptr<const Packet> datagram) = 0;

        /**
         * @brief Data arrived with the SPI of this association.
         * @param header its ESP header
         * @param data what it carries
         * @param from where it came from
         */
        virtual void HandleEsp(const EspHeader& header,
                               Ptr<Packet> data,
                               const IkeEndpoint& from) = 0;
    };

    /**
     * @brief Signature of the trace source Move.
     * @param before where the peer was
     * @param now where it is
     */
    typedef void (*MoveTracedCallback)(const IkeEndpoint& before, const IkeEndpoint& now);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    IkeAssociation();
    ~IkeAssociation() override;

    /**
     * @brief Begin to hear and to speak.
     * @param port the sockets of the host
     * @param owner who is told of arrivals; must outlive the association or close it
     */
    void Open(Ptr<IkePort> port, Owner* owner);

    /// Neither hear nor speak any more.
    void Close();

    /**
     * @brief Whether it hears and speaks.
     * @return true between Open and Close
     */
    bool IsOpen() const;

    /**
     * @brief Set where the peer is.
     * @param remote its address, and its UDP port as seen from here
     */
    void SetRemote(const IkeEndpoint& remote);

    /**
     * @brief Where the peer is, as far as this end knows.
     * @return its address, and its UDP port as seen from here
     */
    const IkeEndpoint& GetRemote() const;

    /**
     * @brief Set whether UDP 4500 is used (NAT traversal), or 500 and plain ESP.
     * @param natTraversal true for 4500
     */
    void SetNatTraversal(bool natTraversal);

    /**
     * @brief Whether UDP 4500 is used.
     * @return true for 4500
     */
    bool IsNatTraversal() const;

    /**
     * @brief Name the SAs.
     * @param names the names; all zero for none
     */
    void SetNames(const Names& names);

    /**
     * @brief The names of the SAs.
     * @return the names
     */
    const Names& GetNames() const;

    /**
     * @brief An authentic datagram came from here: follow the peer there.
     * @param from where it came from
     */
    void Follow(const IkeEndpoint& from);

    /**
     * @brief Send an IKE message.
     * @param message ISAKMP header and payloads; a non-ESP marker is put before where needed
     * @return whether it left
     */
    bool SendIke(Ptr<Packet> message);

    /**
     * @brief Send data.
     * @param data what ESP is to carry; its size includes whatever the cipher adds
     * @return whether it left
     */
    bool SendEsp(Ptr<Packet> data);

    /**
     * @brief Send a NAT keepalive: one octet 0xFF, from UDP 4500 to the peer's port.
     * @return whether it left; false without NAT traversal, too
     */
    bool SendNatKeepalive();

    /**
     * @brief When something last left for the peer, of whatever kind.
     * @return the time; zero if never
     */
    Time GetLastSent() const;

    /**
     * @brief Of IkePort: an IKE message for this association arrived.
     * @param header its ISAKMP header
     * @param body the payloads
     * @param from where it came from
     * @param datagram all of it
     */
    void ReceiveIke(const IkeHeader& header,
                    Ptr<Packet> body,
                    const IkeEndpoint& from,
                    Ptr<const Packet> datagram);

    /**
     * @brief Of IkePort: data for this association arrived.
     * @param header its ESP header
     * @param data what it carries
     * @param from where it came from
     * @param datagram all of it
     */
    void ReceiveEsp(const EspHeader& header,
                    Ptr<Packet> data,
                    const IkeEndpoint& from,
                    Ptr<const Packet> datagram);

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Hand a datagram to the sockets.
     * @param datagram the UDP payload, or the ESP packet
     * @param kind what it is
     * @return whether it left
     */
    bool Send(Ptr<Packet> datagram, IkeDatagram kind);

    Ptr<IkePort> m_port;       //!< the sockets; null while closed
    Owner* m_owner{nullptr};   //!< who is told
    IkeEndpoint m_remote;      //!< where the peer is
    bool m_natTraversal{true}; //!< UDP 4500
    bool m_follow{true};       //!< follow a peer that moved
    Names m_names;             //!< names of the SAs
    uint32_t m_espSequence{0}; //!< last sequence number sent
    Time m_lastSent;           //!< when something last left

    TracedCallback<Ptr<const Packet>, IkeDatagram> m_txTrace; //!< what left for the peer
    TracedCallback<Ptr<const Packet>, IkeDatagram> m_rxTrace; //!< what was found to be for us
    TracedCallback<const IkeEndpoint&, const IkeEndpoint&> m_moveTrace; //!< the peer moved
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IKE_ASSOCIATION_H */
