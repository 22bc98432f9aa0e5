/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_TCP_KEEPALIVE_LAW_H
#define KEEPALIVE_TCP_KEEPALIVE_LAW_H

#include "detection-bounds.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief The closed form of TCP keepalives: how long an idle connection outlives its path.
 *
 * T after the last sign of life goes the first probe. Each is followed by a wait, of I as a rule;
 * an answer ends the waiting, and the timer, when it fires, looks how long it was silent. So there
 * is one probe per M = max(T + RTT, I) while all is well. The failure comes at any instant of such
 * a cycle. b after a probe was sent, or earlier, it still catches the probe or its answer, 0 <= b
 * <= RTT. From the first unanswered probe it takes S to the end of the connection, so
 *
 *   D = S - b + M*u, u uniform on [0, 1): best S - b, mean S - b + M/2, worst S - b + M.
 *
 * The waits that make up S, by rule:
 * - COUNT (Linux, Windows): n times I.
 * - SILENCE (FreeBSD, macOS): times I until T + n*I have been silent; as the first probe goes after
 *   T, or I - RTT if that is longer, these are n as well.
 * - BACKOFF (Solaris): I, 2I, 4I, ... up to a longest one, cut off an abort time A behind T.
 *
 * A user timeout U takes their place: the connection ends with the first wait that finds a silence
 * of U, never before one probe was sent. For COUNT and SILENCE that is S = k*I, k = max(1,
 * ceil((U - T) / I)).
 *
 * Free of ns-3: a law must not share code with what it judges.
 */
class TcpKeepaliveLaw
{
  public:
    /// How the peer is given up.
    enum class Rule
    {
        COUNT,   //!< after n unanswered probes
        SILENCE, //!< after a silence of T + n*I
        BACKOFF  //!< after a silence of T + A, probing at doubling intervals
    };

    /// The timers, in seconds.
    struct Timers
    {
        double idle{7200};         //!< T, above 0
        double interval{75};       //!< I, above 0; of BACKOFF the first one
        uint32_t probes{9};        //!< n; 0 for no probes at all. Of no meaning for BACKOFF
        double userTimeout{0};     //!< U; 0 for none
        double abortTime{0};       //!< A of BACKOFF; 0 for never
        double longestInterval{0}; //!< of BACKOFF: where doubling stops, below T
    };

    /**
     * @brief Describe the detector and the place of the failure.
     * @param rule how the peer is given up
     * @param timers the timers
     * @param roundTrip RTT: from a probe to its answer, seconds, below I
     * @param crossing b, seconds
     */
    TcpKeepaliveLaw(Rule rule, const Timers& timers, double roundTrip = 0, double crossing = 0);

    /**
     * @brief Whether the failure is ever noticed.
     * @return false if there are no probes, or no end to them; all times are then infinite
     */
    bool IsDetected() const;

    /**
     * @brief The best case.
     * @return seconds from failure to the end of the connection
     */
    double GetLower() const;

    /**
     * @brief The worst case, never quite reached.
     * @return seconds from failure to the end of the connection
     */
    double GetUpper() const;

    /**
     * @brief The mean.
     * @return seconds from failure to the end of the connection
     */
    double GetMean() const;

    /**
     * @brief Bounds, mean and shape, as tables have them.
     * @return the bounds, uniform
     */
    DetectionBounds GetBounds() const;

    /**
     * @brief The distribution function.
     * @param detectionTime seconds
     * @return probability of a detection time of at most that
     */
    double GetCdf(double detectionTime) const;

    /**
     * @brief How many probes go unanswered.
     * @return the number; 0 if the failure is not noticed
     */
    std::size_t GetProbes() const;

    /**
     * @brief The time between probes that are answered.
     * @return M, seconds
     */
    double GetCycle() const;

    /**
     * @brief The mean time until loss alone ends the connection.
     *
     * By renewal: a series of probes of which all N fail takes S, one that succeeds at the j-th
     * probe takes the waits before it and then a cycle.
     *
     * @param loss probability q that a probe or its answer is lost, above 0 and below 1,
     *        independently
     * @return seconds from the establishment of an idle connection: T + ((1 - q^N) M + sum of the
     * k-th wait times q^k) / q^N
     */
    double GetMeanTimeToFalseEnd(double loss) const;

  private:
    /**
     * @brief Find the waits.
     * @param rule how the peer is given up
     */
    void FindWaits(Rule rule);

    Timers m_timers;             //!< the timers
    double m_roundTrip;          //!< RTT
    double m_crossing;           //!< b
    std::vector<double> m_waits; //!< behind each unanswered probe, seconds; empty: for ever
    double m_sum{0};             //!< S
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_TCP_KEEPALIVE_LAW_H */
