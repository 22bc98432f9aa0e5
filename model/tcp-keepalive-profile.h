/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_KEEPALIVE_PROFILE_H
#define KEEPALIVE_TCP_KEEPALIVE_PROFILE_H

#include "tcp-keepalive-decision.h"
#include "tcp-retransmission-limit.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What a TCP implementation does about a silent peer, by default.
 *
 * Times are in nanoseconds. Sources: RFC 1122 section 4.2.3.6, RFC 9293 section 3.8, the sources
 * of Linux and FreeBSD, Microsoft's and Oracle's manuals, and captures of Linux 6.18 and Windows.
 * Timers are exact here; of those of Linux, the kernel's timer wheel makes real ones late by up to
 * an eighth (10 s may be 10.24 s), and those of macOS tick every 500 ms.
 */
struct TcpKeepaliveProfile
{
    const char* name;                //!< "linux" and so on
    int64_t idle;                    //!< T: silence before the first probe
    int64_t interval;                //!< I: time between probes
    uint32_t probes;                 //!< n: unanswered probes that end the connection
    TcpKeepaliveDecision::Rule rule; //!< how the peer is given up
    bool deferWithData;              //!< no probes while data is outstanding
    int64_t abortTime;               //!< of the rule BACKOFF: silence after T that ends all
    int64_t longestInterval;         //!< of the rule BACKOFF: where doubling stops
    bool garbageOctet;               //!< probes carry one octet
    bool anySegmentIsLife;           //!< any segment but a reset; else acceptable ones only
    int64_t answerInterval;          //!< least time between answers to segments without data
    int64_t rtoMin;                  //!< least retransmission timeout
    int64_t rtoMax;                  //!< greatest retransmission timeout
    int64_t varianceMin;             //!< least share of the variance in it: G of RFC 6298
    int64_t tick;                    //!< it is rounded up to a multiple of this
    bool tailLossProbe;              //!< the first timeout of a lone segment does not back off
    TcpRetransmissionLimit::Rule limitRule; //!< what ends a connection with unacknowledged data
    uint32_t retries;                       //!< retransmissions, for the rules MODEL and COUNT
    int64_t limitTime;                      //!< time, for the rule TIME
    int64_t connectTimeout;                 //!< wait after the first SYN; it doubles
    uint32_t connectAttempts;               //!< SYNs sent before giving up
    int64_t finTimeout; //!< time in FIN-WAIT-2 after Close (tcp_fin_timeout); 0 for no limit

    /**
     * @brief Look a profile up.
     * @param name one of GetNames
     * @return the profile, or nullptr if there is none
     */
    static const TcpKeepaliveProfile* Find(const std::string& name);

    /**
     * @brief The profiles there are.
     * @return their names: "linux", "windows-vista", "windows-xp", "freebsd", "macos", "solaris"
     *         and "rfc1122"
     */
    static std::vector<std::string> GetNames();

    /**
     * @brief The timers of the keepalive decision.
     * @return the timers, without a user timeout
     */
    TcpKeepaliveDecision::Settings GetKeepalive() const;

    /**
     * @brief When unacknowledged data ends a connection.
     * @return the limit, without a user timeout
     */
    TcpRetransmissionLimit::Settings GetRetransmissionLimit() const;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_KEEPALIVE_PROFILE_H */
