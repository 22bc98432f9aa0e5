/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_PROFILE_H
#define KEEPALIVE_DPD_PROFILE_H

#include "dpd-decision.h"

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
 * @brief How an implementation of IKE looks after its peer, by default.
 *
 * What is measured, read in sources, or recalled from manuals is said in dpd-profile.cc, profile by
 * profile.
 */
struct DpdProfile
{
    /// Which R-U-THERE of IKEv1 is answered, by its sequence number (RFC 3706 section 6).
    enum class RequestCheck : uint8_t
    {
        NEWER,      //!< only one after the last
        DUPLICATES, //!< an old one, too, but only so many in a row
        ANY         //!< all; an old one is no sign of life
    };

    /// What an operator configures; what is left out is as in the profile. Times in ns.
    struct Choices
    {
        std::optional<int64_t> delay;             //!< before a request
        std::optional<int64_t> retry;             //!< before the next, or the first retransmission
        std::optional<uint32_t> retries;          //!< requests after the first
        std::optional<double> base;               //!< factor on the interval of retransmissions
        std::optional<int64_t> timeout;           //!< of DPD; no effect in IKEv2
        std::optional<int64_t> retransmitTimeout; //!< of retransmissions; libreswan-ikev2 only
        std::optional<bool> finalWait;            //!< the last request is waited for
        std::optional<bool> onDemand;             //!< only when there is data to send
    };

    const char* name;               //!< "cisco-periodic" and so on
    uint8_t ikeVersion;             //!< 1 or 2
    DpdDecision::Settings settings; //!< when to ask, when to give up
    RequestCheck requestCheck;      //!< which R-U-THERE is answered
    uint32_t duplicates;            //!< of DUPLICATES: how many old ones in a row
    uint32_t firstSequenceMask;     //!< bits of the first sequence number that are random
    bool dataIsLifeBehindNat;       //!< whether data on UDP 4500 is a sign of life
    const char* suite;              //!< cipher suite that is usual, see IkeCipherSuite

    /**
     * @brief Look a profile up.
     * @param name one of GetNames
     * @return the profile, or nullptr if there is none
     */
    static const DpdProfile* Find(const std::string& name);

    /**
     * @brief The profiles there are.
     * @return their names: "cisco-periodic", "cisco-on-demand", "strongswan-ikev1",
     *         "strongswan-ikev2", "libreswan", "libreswan-ikev2" and "racoon"
     */
    static std::vector<std::string> GetNames();

    /**
     * @brief The timers that follow from an operator's choices.
     *
     * A choice that means nothing to the profile has no effect, as in real configurations: the
     * timeout of DPD in IKEv2 is the one that surprises people.
     *
     * @param choices the choices
     * @return the timers, not checked
     */
    DpdDecision::Settings Configure(const Choices& choices) const;

    /**
     * @brief Why an operator could not configure these settings.
     *
     * Narrower than DpdDecision::Check: Cisco IOS takes 10 to 3600 s, and retries of 2 to 60 s.
     *
     * @param settings the settings
     * @return the reason; empty if they can be configured
     */
    std::string Check(const DpdDecision::Settings& settings) const;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_PROFILE_H */
