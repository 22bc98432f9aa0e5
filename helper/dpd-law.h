/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DPD_LAW_H
#define KEEPALIVE_DPD_LAW_H

#include "detection-bounds.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The closed form of IKE dead peer detection: how long a security association outlives its
 *        path, and how long loss takes to feign that.
 *
 * A request goes when nothing was heard for T. An answer, R later, ends the matter; else N requests
 * in all are followed by a wait w_1 to w_N each, and then the peer is dead:
 *
 *   S = w_1 + ... + w_N.
 *
 * - COUNT (Cisco, racoon): the next request goes I behind the one before; the last one is waited
 *   for as long, or not at all: it might then as well not be sent.
 * - BACKOFF (strongSwan, IKEv2): w_i = I B^(i-1), the message being the same each time.
 * - DOUBLING (libreswan, IKEv2): I, I, 2I, 4I, ... The last wait is the one with which a time L is
 *   reached, so that S may be a good deal more than L.
 * - SILENCE (strongSwan, IKEv1): a new request every T, until nothing was heard for a time L: w_i =
 *   T, but the last one is what is left of S = L - (M - R), M - R being the silence that the first
 *   request ends.
 * - REQUEST_TIME (libreswan, IKEv1): the same with S = L.
 *
 * **When the first request goes**, M behind the one before it that was answered. As a rule M = T +
 * R; by a clock that only requests restart, M = T. libreswan's clock ticks every T from the first
 * request of a series on, and asks where the silence lacks no more than a slack: M = T if R is at
 * most that. Asking on demand needs something to send: if that is a packet every P, M is the least
 * multiple of P that is at least T + R.
 *
 * **Detection.** A failure at any instant of M finds the request, or its answer, still in its power
 * until b after the request was sent, 0 <= b <= R:
 *
 *   D = S - b + M u, u uniform on [0, 1): best S - b, mean S - b + M/2, worst S - b + M.
 *
 * Where the peer gives a sign of life every Q, with Q below T, and that counts, no request is ever
 * sent before the failure. With d from where the failure strikes to the end that listens,
 *
 *   D = T + S + d - Q u.
 *
 * **Mistakes.** Each request or its answer is lost with probability q, independently. A series of
 * which all fail takes S; one that is answered at the j-th request takes W_j, the waits before it,
 * and M_j from there to the next series. By renewal the mean time from the first request is
 *
 *   E = (sum over j of q^(j-1) (1 - q) (W_j + M_j) + q^N S) / q^N,
 *
 * and if not on demand, where all M_j are M, E = ((1 - q^N) M + sum of w_j q^j) / q^N. Where all
 * waits are M, too, this is a run of N failures in independent trials (LossRunLaw), and
 * E = M (E[trials] - N) + S.
 *
 * Free of ns-3: a law must not share code with what it judges.
 */
class DpdLaw
{
  public:
    /// How the peer is given up.
    enum class Rule
    {
        COUNT,       //!< after so many requests, at fixed distances
        BACKOFF,     //!< after so many retransmissions, at growing distances
        DOUBLING,    //!< after retransmissions for so long, at doubling distances
        SILENCE,     //!< after so long a silence
        REQUEST_TIME //!< so long after the first request
    };

    /// The timers, in seconds. Those of other rules have no meaning.
    struct Timers
    {
        double delay{10};     //!< T, above 0
        bool clocked{false};  //!< only requests restart it
        double slack{0};      //!< the clock asks where a silence is shorter than T by this much
        double dataPeriod{0}; //!< P; 0 for asking without demand
        double retry{2};      //!< COUNT, BACKOFF, DOUBLING: I, above 0
        uint32_t requests{6}; //!< COUNT, BACKOFF: N
        bool finalWait{true}; //!< COUNT: the last request is waited for
        double base{1.8};     //!< BACKOFF: B, 1 or more
        double limit{0};      //!< DOUBLING, SILENCE, REQUEST_TIME: L; SILENCE: above M
    };

    /**
     * @brief Describe the detector and the place of the failure.
     * @param rule how the peer is given up
     * @param timers the timers
     * @param roundTrip R: from a request to its answer, seconds, below every wait
     * @param crossing b, seconds
     */
    DpdLaw(Rule rule, const Timers& timers, double roundTrip = 0, double crossing = 0);

    /**
     * @brief How the peer is given up.
     * @return the rule
     */
    Rule GetRule() const;

    /**
     * @brief The timers.
     * @return as given
     */
    const Timers& GetTimers() const;

    /**
     * @brief Whether the failure is ever noticed.
     * @return false if there are no requests, or no end to them; all times are then infinite
     */
    bool IsDetected() const;

    /**
     * @brief The best case.
     * @return seconds from the failure to the verdict
     */
    double GetLower() const;

    /**
     * @brief The worst case, never quite reached.
     * @return seconds from the failure to the verdict
     */
    double GetUpper() const;

    /**
     * @brief The mean.
     * @return seconds from the failure to the verdict
     */
    double GetMean() const;

    /**
     * @brief Bounds, mean and shape, as tables have them.
     * @return the bounds, uniform
     */
    DetectionBounds GetBounds() const;

    /**
     * @brief The same for an end whose peer gives signs of life, so that it never asks.
     * @param period Q, seconds; above 0 and at most T. It does not ask on demand
     * @param transit d, seconds
     * @return the bounds, uniform
     */
    DetectionBounds GetBoundsWithLife(double period, double transit) const;

    /**
     * @brief The distribution function, of GetBounds.
     * @param detectionTime seconds
     * @return probability of a detection time of at most that
     */
    double GetCdf(double detectionTime) const;

    /**
     * @brief How many requests go unanswered, of those that are waited for.
     * @return N; 0 if the failure is not noticed
     */
    std::size_t GetRequests() const;

    /**
     * @brief The time from the first unanswered request to the verdict.
     * @return S, seconds; 0 if the failure is not noticed
     */
    double GetSeries() const;

    /**
     * @brief The time between requests that are answered.
     * @return M, seconds
     */
    double GetCycle() const;

    /**
     * @brief The mean time until loss alone gives the peer up.
     * @param loss q, above 0 and below 1
     * @return E, seconds from the first request
     */
    double GetMeanTimeToMistake(double loss) const;

  private:
    /// Fill in the waits.
    void FindWaits();
    /**
     * @brief Fill in waits of T that make up a time.
     * @param time seconds
     */
    void FindWaitsOf(double time);

    /**
     * @brief How long after an answered request the next series begins.
     * @param before time from the series' first request to that one, seconds
     * @return M, or M_j, seconds
     */
    double GetNext(double before) const;

    Rule m_rule;                 //!< how the peer is given up
    Timers m_timers;             //!< the timers
    double m_roundTrip;          //!< R
    double m_crossing;           //!< b
    std::vector<double> m_waits; //!< w_1 to w_N, seconds; none if the failure is not noticed
    double m_series{0};          //!< S
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DPD_LAW_H */
