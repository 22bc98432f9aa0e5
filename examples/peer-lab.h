/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PEER_LAB_H
#define KEEPALIVE_PEER_LAB_H

#include "real-time.h"

#include "ns3/data-rate.h"
#include "ns3/detection-bounds.h"
#include "ns3/detection-recorder.h"
#include "ns3/failure-injector.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/ppp-net-device.h"
#include "ns3/ptr.h"
#include "ns3/pty.h"
#include "ns3/tty-bridge-device.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief A router R1 whose serial line leads out of the simulation, to a peer on a terminal.
 */
class PeerLab
{
  public:
    /// What R1 is told, and what becomes of the peer.
    struct Config
    {
        PppNetDevice::VerdictRule rule{PppNetDevice::IOS}; //!< when R1 gives up on its peer
        Time interval;                                     //!< between its keepalives
        uint32_t retries{3};                               //!< of them, unanswered
        Time restartTimer;                                 //!< of its control protocols
        DataRate clock;                                    //!< of the line
        Ipv4Address localAddress;                          //!< R1's, or any
        Ipv4Address remoteAddress;                         //!< the peer's, or any
        Time stopPeerAt;                                   //!< zero for never
        Time stopPeerFor;                                  //!< zero for ever
    };

    /**
     * @brief Build it.
     * @param config what R1 is told, and what becomes of the peer
     * @param pty where the peer is; must outlive this object
     */
    PeerLab(const Config& config, Pty& pty);

    ~PeerLab();

    PeerLab(const PeerLab&) = delete;
    PeerLab& operator=(const PeerLab&) = delete;

    /**
     * @brief Capture what R1 sends and receives, with frame check sequences.
     * @param file name of the file
     */
    void EnablePcap(const std::string& file);

    /// The simulation has ended. Call once, before the results are read.
    void Finish();

    /**
     * @brief What a detection time must lie between.
     * @return the closed form; none if the peer is stopped too soon, or R1 has no keepalives
     */
    std::optional<DetectionBounds> GetLaw() const;

    /**
     * @brief Whether there was ever a link.
     * @return true if LCP has opened
     */
    bool HasOpened() const;

    /**
     * @brief How far the simulation fell behind the clock on the wall.
     * @return the worst of one look each tenth of a second
     */
    Time GetLateness() const;

    Ptr<PppNetDevice> GetDevice() const;          //!< @return R1's interface
    Ptr<TtyBridgeDevice> GetBridge() const;       //!< @return the other end of the line
    Ptr<FailureInjector> GetInjector() const;     //!< @return what stops the peer
    const DetectionRecorder& GetRecorder() const; //!< @return what R1 made of it

  private:
    /**
     * @brief Trace sink: R1's line protocol changed.
     * @param event how
     */
    void LineChanged(const DetectionEvent& event);

    const Config m_config;           //!< what R1 is told
    Ptr<PppNetDevice> m_device;      //!< R1's interface
    Ptr<TtyBridgeDevice> m_bridge;   //!< the other end of its line
    Ptr<FailureInjector> m_injector; //!< stops the peer
    DetectionRecorder m_recorder;    //!< what R1 made of it
    bool m_opened{false};            //!< LCP has opened
    RealTime m_realTime;             //!< how well the simulation keeps up
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PEER_LAB_H */
