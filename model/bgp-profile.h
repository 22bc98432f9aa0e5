/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_PROFILE_H
#define KEEPALIVE_BGP_PROFILE_H

#include "bgp-fsm.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The timers of a BGP implementation, and how it treats them. Free of ns-3.
 *
 * Times are in seconds. The values that a new profile has are those that RFC 4271 section 10
 * suggests. Where the others are from is said with their numbers, in the implementation.
 */
struct BgpProfile
{
    /// A timer runs for its time multiplied by a factor that is drawn evenly between two bounds.
    struct Jitter
    {
        double low{1};  //!< least factor, above 0
        double high{1}; //!< greatest factor, at least the least

        /**
         * @brief The factor.
         * @param draw a number drawn evenly between 0 and 1
         * @return between low and high
         */
        [[nodiscard]] double GetFactor(double draw) const;
    };

    /// How the time between KEEPALIVEs follows from what is configured and what is agreed on.
    enum class KeepaliveRule : uint8_t
    {
        AT_MOST_A_THIRD, //!< as configured, but at most a third of the agreed hold time
        SCALED,          //!< the same share of the hold time as in the configuration
        THIRD_IF_CUT,    //!< as configured, unless the peer shortened the hold time: a third
        ALWAYS_A_THIRD   //!< a third of the agreed hold time, whatever is configured
    };

    /// How long the SendHoldTimer runs.
    enum class SendHoldRule : uint8_t
    {
        NONE,           //!< there is none
        RFC9687,        //!< the greater of 8 minutes and twice the hold time
        TWICE_HOLD_TIME //!< twice the hold time
    };

    /// What the expiry of the HoldTimer does if something has arrived but was not read yet.
    enum class PendingRule : uint8_t
    {
        EXPIRE,         //!< nothing special: the session ends
        HOLD_TIME_MORE, //!< the timer runs for the whole hold time again
        TEN_SECONDS     //!< the timer runs for another 10 s, jittered
    };

    /// RFC 4271 section 4.4: KEEPALIVEs "MUST NOT be sent more frequently than one per second".
    static constexpr double SHORTEST_KEEPALIVE_TIME = 1;

    std::string name{"rfc4271"};        //!< what it is called
    uint16_t holdTime{90};              //!< proposed in the OPEN; 0 for no limit to silence
    double keepaliveTime{30};           //!< between KEEPALIVEs; 0 for a third of the hold time
    double connectRetryTime{120};       //!< until a connection is tried anew
    double largeHoldTime{240};          //!< of the HoldTimer in OpenSent
    bool largeIsConfigured{false};      //!< that is the configured hold time instead
    double idleHoldTime{1};             //!< in Idle before an automatic start; above 0
    double delayOpenTime{5};            //!< for the peer's OPEN, if it is to come first
    double lateExpiry{0};               //!< of the HoldTimer behind the hold time
    double notificationDelay{0};        //!< from expiry of the HoldTimer to its NOTIFICATION
    Jitter keepaliveJitter{0.75, 1};    //!< of the KeepaliveTimer
    Jitter connectRetryJitter{0.75, 1}; //!< of the ConnectRetryTimer
    Jitter holdJitter;                  //!< of the HoldTimer: the RFC has none
    Jitter idleHoldJitter;              //!< of the IdleHoldTimer
    Jitter delayOpenJitter;             //!< of the DelayOpenTimer
    Jitter sendHoldJitter;              //!< of the SendHoldTimer
    bool updateRestartsKeepalive{true}; //!< an UPDATE sent restarts the KeepaliveTimer
    bool wholeSeconds{false};           //!< derived keepalive times are rounded down
    KeepaliveRule keepaliveRule{KeepaliveRule::AT_MOST_A_THIRD}; //!< of the keepalive time
    SendHoldRule sendHoldRule{SendHoldRule::RFC9687};            //!< of the SendHoldTimer
    PendingRule pendingRule{PendingRule::EXPIRE};                //!< of expiry
    BgpFsm::Options fsm;                                         //!< of the state machine

    /**
     * @brief Look a profile up.
     * @param name one of GetNames
     * @return the profile, which lives for ever, or nullptr if there is none
     */
    static const BgpProfile* Find(const std::string& name);

    /**
     * @brief The profiles there are.
     * @return their names: rfc4271, cisco, juniper, huawei, frr, frr-datacenter, bird, gobgp and
     *         exabgp
     */
    static std::vector<std::string> GetNames();

    /**
     * @brief The time between KEEPALIVEs, before jitter.
     * @param configuredKeepalive keepalive time that is configured; 0 for a third of the hold time
     * @param configuredHold hold time that is configured
     * @param agreedHold hold time that both ends agreed on
     * @return the time, at least SHORTEST_KEEPALIVE_TIME; 0 for none if the hold time is 0
     */
    [[nodiscard]] double GetKeepaliveTime(double configuredKeepalive,
                                          uint16_t configuredHold,
                                          uint16_t agreedHold) const;

    /**
     * @brief How long the KeepaliveTimer runs.
     * @param keepaliveTime the time without jitter
     * @param jitter range of the factor on it
     * @param draw a number drawn evenly between 0 and 1
     * @return time to the next KEEPALIVE, at least SHORTEST_KEEPALIVE_TIME; 0 if the time is 0
     */
    [[nodiscard]] static double GetKeepaliveInterval(double keepaliveTime,
                                                     const Jitter& jitter,
                                                     double draw);

    /**
     * @brief How long the HoldTimer runs, before jitter.
     * @param agreedHold hold time that both ends agreed on
     * @return the time; 0 if it does not run
     */
    [[nodiscard]] double GetHoldTimeout(uint16_t agreedHold) const;

    /**
     * @brief How long the HoldTimer runs in OpenSent, before jitter.
     * @param configuredHold hold time that is configured
     * @return the time; 0 if it does not run
     */
    [[nodiscard]] double GetLargeHoldTime(uint16_t configuredHold) const;

    /**
     * @brief How long the HoldTimer runs on if it expires with something to be read.
     * @param agreedHold hold time that both ends agreed on
     * @return the time, before the jitter of the HoldTimer; 0 if the session ends nevertheless
     */
    [[nodiscard]] double GetPendingTime(uint16_t agreedHold) const;

    /**
     * @brief How long the SendHoldTimer runs.
     * @param agreedHold hold time that both ends agreed on
     * @return the time, more than the hold time; 0 if it does not run
     */
    [[nodiscard]] double GetSendHoldTime(uint16_t agreedHold) const;

    /**
     * @brief The options of the state machine.
     * @return the options; whether it is passive is up to the configuration
     */
    [[nodiscard]] const BgpFsm::Options& GetFsmOptions() const;
};

/**
 * @brief Agree on the hold time (RFC 4271 section 4.2).
 * @param own what this end proposes, in seconds
 * @param received what the peer proposes, in seconds
 * @return the smaller one; nothing if one of them is 1 or 2, which "MUST" be refused
 */
[[nodiscard]] std::optional<uint16_t> NegotiateHoldTime(uint16_t own, uint16_t received);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_PROFILE_H */
