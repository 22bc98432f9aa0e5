/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PPP_CONFIGURED_DEVICE_H
#define KEEPALIVE_PPP_CONFIGURED_DEVICE_H

#include "ipcp-protocol.h"
#include "ipv6cp-protocol.h"
#include "lcp-protocol.h"
#include "serial-net-device.h"

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What an operator can say of a PPP interface, as attributes. PppNetDevice acts on it.
 *
 * The defaults are those of Cisco IOS on a leased line. What can be negotiated is fixed when the
 * simulation begins.
 */
class PppConfiguredDevice : public SerialNetDevice
{
  public:
    /**
     * @brief Whose rule judges. A plain enum because the attribute system before ns-3.41 takes no
     *        other.
     */
    enum VerdictRule
    {
        IOS,           //!< Cisco IOS: at the attempt to send after KeepaliveRetries unanswered ones
        PPPD,          //!< pppd: the same, but a reply to any request counts
        PPPD_ADAPTIVE, //!< pppd with lcp-echo-adaptive: user traffic received counts, too
        LINUX          //!< Linux hdlc_ppp: at the first tick after a hold time without a reply
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ~PppConfiguredDevice() override;

    /**
     * @brief Whose rule judges.
     * @return the rule
     */
    VerdictRule GetVerdictRule() const;

  protected:
    PppConfiguredDevice();

    /**
     * @brief Add all of these attributes to the type of the device that acts on them.
     *
     * On its type, and not on this one, so that their defaults are set by its name.
     *
     * @param tid the type of the subclass, with its parent set
     * @return the type
     */
    static TypeId AddPppAttributes(TypeId tid);

    /**
     * @brief What LCP is to negotiate, and how.
     * @return its configuration
     */
    LcpProtocol::LcpConfig GetLcpConfig() const;

    /**
     * @brief What IPCP is to negotiate, and how.
     * @return its configuration, with the address that the IP interface has now
     */
    IpcpProtocol::IpcpConfig GetIpcpConfig() const;

    /**
     * @brief What IPV6CP is to negotiate, and how.
     * @return its configuration, with the identifier in the link-local address that the IP
     *         interface has now
     */
    Ipv6cpProtocol::Ipv6cpConfig GetIpv6cpConfig() const;

    /**
     * @brief Whether the link is to carry IPv4.
     * @return true if IPCP is to be negotiated
     */
    bool CarriesIpv4() const;

    /**
     * @brief Whether the link is to carry IPv6.
     * @return true if IPV6CP is to be negotiated
     */
    bool CarriesIpv6() const;

    /**
     * @brief Whether the peer is told of a shutdown.
     * @return true if a Terminate-Request is sent
     */
    bool TerminatesOnShutdown() const;

    /**
     * @brief Time after which a link that was terminated begins again.
     * @return the time
     */
    Time GetRetryAfter() const;

  private:
    /**
     * @brief Timers and counters of all control protocols.
     * @return the configuration
     */
    PppControlProtocol::Config GetCommonConfig() const;

    void SetVerdictRule(VerdictRule rule); //!< @param rule whose rule

    VerdictRule m_rule{IOS};          //!< whose rule
    Time m_restartTimer;              //!< from a request to its repetition
    uint32_t m_maxConfigure{0};       //!< Configure-Requests before giving up, 0 for ever
    uint32_t m_maxTerminate{2};       //!< Terminate-Requests before giving up
    uint32_t m_maxFailure{5};         //!< Configure-Naks before rejecting
    bool m_renewIdentifier{true};     //!< repetitions take new identifiers
    Time m_retryAfter;                //!< a terminated link begins again
    uint32_t m_magic{0};              //!< first Magic-Number, 0 for a random one
    uint16_t m_mru{1500};             //!< largest packet to receive
    bool m_compress{false};           //!< ask for PFC and ACFC
    bool m_echoCarriesMagic{true};    //!< Echo-Requests carry the peer's Magic-Number
    uint8_t m_firstEchoId{1};         //!< identifier of the first Echo-Request
    bool m_ipv4{true};                //!< negotiate IPCP
    bool m_ipv6{false};               //!< negotiate IPV6CP
    Ipv4Address m_localAddress;       //!< ours; any: that of the IP interface
    Ipv4Address m_remoteAddress;      //!< what the peer is to take; any: what it has
    bool m_terminateOnShutdown{true}; //!< tell the peer of a shutdown
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PPP_CONFIGURED_DEVICE_H */
