/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_IPV6CP_PROTOCOL_H
#define KEEPALIVE_IPV6CP_PROTOCOL_H

#include "ppp-control-protocol.h"

#include "ns3/random-variable-stream.h"

#include <cstdint>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief One end of the control protocol of IPv6 over PPP: RFC 5072, Interface-Identifier.
 *
 * Each end tells the 64 bits that its link-local address ends in. An identifier that is zero or
 * equal to our own is Nak'ed with another one (RFC 5072 section 4.1).
 *
 * Not modelled: every other option (rejected if asked for).
 */
class Ipv6cpProtocol : public PppControlProtocol
{
  public:
    /// What an operator configures.
    struct Ipv6cpConfig
    {
        Config common;          //!< timers and counters
        uint64_t identifier{0}; //!< ours, first byte most significant; 0 means a random one
    };

    /**
     * @brief Create a protocol in state Initial.
     * @param owner whose it is; must outlive the protocol
     * @param config the configuration
     */
    Ipv6cpProtocol(Owner& owner, const Ipv6cpConfig& config);

    /**
     * @brief Our interface identifier.
     * @return the identifier, valid while Opened; 0 if the peer rejected the option
     */
    uint64_t GetLocalIdentifier() const;

    /**
     * @brief The peer's interface identifier.
     * @return the identifier, valid while Opened; 0 if it did not say
     */
    uint64_t GetRemoteIdentifier() const;

    /**
     * @brief Fix the random streams.
     * @param stream first stream number to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

  private:
    // inherited from PppControlProtocol
    void ResetOptions() override;
    PppOptions BuildRequest() override;
    Judgement JudgeOption(const PppOptions::Option& option) override;
    void AcceptPeer(const PppOptions& options) override;
    void OnNak(const PppOptions& options, bool giveUp) override;
    void OnReject(const PppOptions& options) override;

    /**
     * @brief Draw an identifier.
     * @return anything but 0 and ours, not globally unique (RFC 5072 section 4.1, the "u" bit)
     */
    uint64_t DrawIdentifier();

    const Ipv6cpConfig m_ipv6cp;         //!< the configuration
    Ptr<UniformRandomVariable> m_random; //!< draws identifiers
    bool m_ask{true};                    //!< ask for the identifier
    uint64_t m_local{0};                 //!< ours
    uint64_t m_remote{0};                //!< the peer's
    uint64_t m_suggested{0};             //!< in our last Configure-Nak; 0 if none
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_IPV6CP_PROTOCOL_H */
