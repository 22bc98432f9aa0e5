/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IPCP_PROTOCOL_H
#define KEEPALIVE_IPCP_PROTOCOL_H

#include "ppp-control-protocol.h"

#include "ns3/ipv4-address.h"

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One end of the control protocol of IPv4 over PPP: RFC 1332, its option IP-Address.
 *
 * Not modelled: header compression and every other option (rejected if asked for), and prompting a
 * peer for an address that it does not mention.
 */
class IpcpProtocol : public PppControlProtocol
{
  public:
    /// What an operator configures.
    struct IpcpConfig
    {
        Config common; //!< timers and counters
        /// Our address. 0.0.0.0 asks the peer for one.
        Ipv4Address local{Ipv4Address::GetAny()};
        /// The peer's address, for it to take. 0.0.0.0 lets it have the one that it asks for, and
        /// rejects the option if it asks to be given one.
        Ipv4Address remote{Ipv4Address::GetAny()};
    };

    /**
     * @brief Create a protocol in state Initial.
     * @param owner whose it is; must outlive the protocol
     * @param config the configuration
     */
    IpcpProtocol(Owner& owner, const IpcpConfig& config);

    /**
     * @brief Our address.
     * @return as configured or as assigned by the peer; 0.0.0.0 if neither
     */
    Ipv4Address GetLocalAddress() const;

    /**
     * @brief The peer's address.
     * @return what the peer asked for and got; 0.0.0.0 if it did not say
     */
    Ipv4Address GetRemoteAddress() const;

  private:
    // inherited from PppControlProtocol
    void ResetOptions() override;
    PppOptions BuildRequest() override;
    Judgement JudgeOption(const PppOptions::Option& option) override;
    void AcceptPeer(const PppOptions& options) override;
    void OnNak(const PppOptions& options, bool giveUp) override;
    void OnReject(const PppOptions& options) override;

    const IpcpConfig m_ipcp; //!< the configuration
    bool m_ask{true};        //!< ask for the address
    Ipv4Address m_local;     //!< our address
    Ipv4Address m_remote;    //!< the peer's
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IPCP_PROTOCOL_H */
