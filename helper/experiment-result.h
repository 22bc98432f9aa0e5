/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_EXPERIMENT_RESULT_H
#define KEEPALIVE_EXPERIMENT_RESULT_H

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
 * @brief What one run of an Experiment yields. Free of ns-3.
 *
 * Times are whole nanoseconds from the start of the run, as the simulator has them: two runs that
 * are the same are the same bit for bit, wherever they ran. What the computer needed for it is no
 * result, and not in here.
 */
struct ExperimentResult
{
    /// One end over the whole run.
    struct End
    {
        int64_t observed{0};        //!< time in which a mistake was possible
        int64_t mistaken{0};        //!< of that, time in which there was one
        uint64_t keepalives{0};     //!< keepalives sent, and keepalives or answers heard
        uint64_t keepaliveBytes{0}; //!< bytes of both, all headers of the interface included
    };

    /// What one end made of one failure.
    struct Detection
    {
        uint32_t end{0};                  //!< which end, from 0
        uint32_t number{0};               //!< which failure, from 0
        std::string kind;                 //!< kind of failure
        bool own{false};                  //!< it is this end that failed: it observes nothing
        bool outage{true};                //!< whether the end ought to notice
        int64_t began{0};                 //!< when it failed
        std::optional<int64_t> ended;     //!< when it was repaired
        std::optional<int64_t> detected;  //!< when the end finally suspected its peer
        std::string cause;                //!< why it did
        std::optional<int64_t> recovered; //!< when it trusted its peer again after the repair
    };

    /// One false suspicion.
    struct Mistake
    {
        uint32_t end{0};                      //!< which end, from 0
        int64_t suspected{0};                 //!< the S-transition
        std::optional<int64_t> trusted;       //!< the T-transition; none if cut short
        std::optional<int64_t> sincePrevious; //!< T_MR; none for the first since the last outage
        std::string cause;                    //!< why
    };

    int64_t duration{0};               //!< simulated time
    uint64_t events{0};                //!< events that the simulator ran
    std::vector<End> ends;             //!< by number
    std::vector<Detection> detections; //!< in order of occurrence
    std::vector<Mistake> mistakes;     //!< in order of occurrence
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_EXPERIMENT_RESULT_H */
